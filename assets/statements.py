"""What the reader finds in the articles' present texts; append-only, with a row for each reading, also of nothing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import dagster as dg

from assets.rows import Row, frame_of, identity
from assets.told import OWNERS, POOL, columns_of, outcome
from servanda.model.article import Article
from servanda.model.statement import Statement
from servanda.model.vocabulary import Alignment, Language, Part
from servanda.reading.reader import READER_VERSION, read_statements
from warehouse.database import Session, Warehouse

BATCH = 500
UNREAD = """
SELECT a.article_id, a.version, a.source_id, a.title, a.text, a.published_at, a.language, a.alignment
FROM present_articles a
ANTI JOIN (SELECT article_id, version FROM readings WHERE reader_version = ?) r USING (article_id, version)
ORDER BY a.article_id
"""
NOT_IDENTITY = frozenset({"char_end", "rule"})
"""Fields that do not make a statement another one."""

Reader = Callable[[Article], tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class Unread:
    """The present version of an article that the reader has not read yet."""

    article_id: str
    version: int
    source_id: str
    title: str
    text: str
    published_at: datetime
    language: str
    alignment: str

    def article(self) -> Article:
        """The article as the reader takes it."""
        return Article(
            id=self.article_id,
            title=self.title,
            text=self.text,
            published=self.published_at,
            language=Language(self.language),
            alignment=Alignment(self.alignment),
        )


@dg.asset(
    deps=["articles"],
    group_name="reading",
    owners=OWNERS,
    kinds={"python", "duckdb"},
    pool=POOL,
    code_version=READER_VERSION,
    metadata=columns_of("statements"),
    description="One thing that one article says about one commitment, with the sentence to the letter and its place.",
)
def statements(warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult[None]:
    """Read the present texts that this version of the reader has not read."""
    with warehouse.open() as session:
        new, failed = read_all(session, read_statements, READER_VERSION, datetime.now(UTC))
        return outcome(
            session,
            "statements",
            new=new,
            sample=("kind", "stage", "count_min", "speaker", "quote"),
            failed=failed,
            by_source="SELECT source_id, count(*) AS statements FROM present_statements GROUP BY source_id ORDER BY source_id",
        )


def read_all(session: Session, reader: Reader, version: str, now: datetime) -> tuple[dict[str, int], list[str]]:
    """Read and write; the new rows by table, and the articles that could not be read. Those are read again in the next run."""
    new = {"statements": 0, "readings": 0}
    failed: list[str] = []
    waiting = [Unread(*row) for row in session.frame(UNREAD, version).iter_rows()]
    for start in range(0, len(waiting), BATCH):
        statement_rows: list[Row] = []
        reading_rows: list[Row] = []
        for unread in waiting[start : start + BATCH]:
            try:
                found = read_one(unread, reader)
            except Exception as error:
                # One article's text must not keep the others from being read; it is named, and left unread.
                failed.append(f"article {unread.article_id} ({unread.title}): {type(error).__name__}: {error}")
                continue
            rows = [statement_row(unread, statement, version, now) for statement in found]
            statement_rows += rows
            reading_rows.append(reading_row(unread, rows, version, now))
        with session.transaction():
            new["statements"] += session.append("statements", frame_of("statements", statement_rows))
            new["readings"] += session.append("readings", frame_of("readings", reading_rows))
    return new, failed


def read_one(unread: Unread, reader: Reader) -> tuple[Statement, ...]:
    """An article's statements. Raises ``ValueError`` where a quote does not stand at its place: rows are never taken back."""
    found = reader(unread.article())
    for statement in found:
        whole = unread.title if statement.part is Part.TITLE else unread.text
        if whole[statement.char_start : statement.char_end] != statement.quote:
            raise ValueError(f"the quote of rule {statement.rule} does not stand at {statement.char_start} in the text")
    return found


def statement_id(article_id: str, version: int, statement: Statement) -> str:
    """Made of the article's version, the codebook's and ledger's fields and the quote's place, not of the reader's version."""
    fields = {name: value for name, value in asdict(statement).items() if name not in NOT_IDENTITY}
    return identity("s", article_id, version, sorted(fields.items()))


def statement_row(unread: Unread, statement: Statement, version: str, now: datetime) -> Row:
    """A statement as a row."""
    return {
        **asdict(statement),
        "categories": [category.value for category in statement.categories],
        "statement_id": statement_id(unread.article_id, unread.version, statement),
        "article_id": unread.article_id,
        "version": unread.version,
        "source_id": unread.source_id,
        "published_at": unread.published_at,
        "reader_version": version,
        "first_seen_at": now,
    }


def reading_row(unread: Unread, rows: Sequence[Row], version: str, now: datetime) -> Row:
    """What was found in an article, as a row; none is a finding too."""
    return {
        "reading_id": identity("r", unread.article_id, unread.version, version),
        "article_id": unread.article_id,
        "version": unread.version,
        "reader_version": version,
        "read_at": now,
        "statement_ids": sorted({str(row["statement_id"]) for row in rows}),
    }
