"""`servanda retract` and `servanda restore`: a record that strikes a statement, or lets it stand again, appended."""

from dataclasses import dataclass
from datetime import UTC, datetime

from assets.rows import frame_of, identity
from pipelines.state import State
from pipelines.terminal import CommandError
from warehouse.database import Session
from warehouse.tables.reading import RetractionAct

_ARTICLE, _STATEMENT = "article", "statement"


@dataclass(frozen=True, slots=True)
class Record:
    """What was recorded: the subject's id, what it is, what it says (a quote or a title), and when."""

    subject_id: str
    subject: str
    says: str
    made_at: datetime


def record(state: State, name: str, act: RetractionAct, reason: str, made_by: str) -> Record:
    """Append the record. ``name``: the id of a statement or of an article, or the beginning of one.

    Raises ``CommandError`` where nothing or several bear the name, where reason or person are empty, or where it is so already.
    """
    if not reason.strip() or not made_by.strip():
        raise CommandError("a reason and a name are wanted: --reason says why, --by who, and both are published")
    with state.warehouse.open() as session:
        subject_id, subject, says = _subject(session, name)
        struck = bool(session.rows("SELECT 1 FROM struck WHERE subject_id = ?", subject_id))
        if struck == (act is RetractionAct.RETRACT):
            told = "is struck already" if struck else "is not struck; there is nothing to restore"
            raise CommandError(f"{subject} {subject_id} {told}. Nothing was changed")
        moment = datetime.now(UTC)
        row = {
            "retraction_id": identity("x", subject_id, act.value, moment.isoformat()),
            "subject_id": subject_id,
            "subject": subject,
            "act": act.value,
            "reason": reason.strip(),
            "made_by": made_by.strip(),
            "made_at": moment,
        }
        with session.transaction():
            session.append("retractions", frame_of("retractions", [row]))
    return Record(subject_id, subject, says, moment)


def _subject(session: Session, name: str) -> tuple[str, str, str]:
    found = session.rows(
        "SELECT statement_id, 'statement', quote FROM statements WHERE starts_with(statement_id, ?) "
        "UNION ALL SELECT article_id, 'article', any_value(title) FROM articles "
        "WHERE starts_with(article_id, ?) GROUP BY article_id",
        name,
        name,
    )
    exact = [row for row in found if row[0] == name]
    chosen = exact or found
    if not name or not chosen:
        raise CommandError(
            f'no statement or article bears the id "{name}"; `servanda why COMMITMENT` and the table `statements` show the ids'
        )
    if len(chosen) > 1:
        listed = ", ".join(sorted(str(row[0]) for row in chosen)[:6])
        raise CommandError(f'"{name}" is the beginning of {len(chosen)} ids ({listed}, ...); write more of the one you mean')
    subject_id, subject, says = chosen[0]
    return str(subject_id), str(subject), str(says)
