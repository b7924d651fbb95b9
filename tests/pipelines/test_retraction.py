"""`servanda retract` and `servanda restore`, and what stands where the statement stood."""

import shutil
from datetime import date

import pytest

from pipelines.state import State

JUNE = "body_repatriation.2025-06-02.russia-ukraine"
REASON, BY = "the number is of another day", "O. Petrenko"


@pytest.fixture
def state(ran, tmp_path):
    shutil.copytree(ran.state.folder, tmp_path / "state", symlinks=True)
    return State(tmp_path / "state")


def statement(state):
    """The one report by the receiver of the last hand-over of June, with its sentence."""
    with state.published.open() as session:
        found = session.rows(
            "SELECT statement_id, quote FROM statements "
            "WHERE count_min = 1245 AND speaker = 'ukraine' AND scope = 'event' ORDER BY 1"
        )
    return [str(row[0]) for row in found], str(found[0][1])


def test_a_struck_statement_leaves_the_books_and_stays_in_sight(servanda, state):
    ids, _ = statement(state)
    for one in ids:
        result = servanda("retract", one, "--reason", REASON, "--by", BY, "--state", state.folder)
        assert result.code == 0, result.err
    told = servanda("why", JUNE, "--state", state.folder).out
    assert told.count(f"by {BY}: {REASON}; it counts no more") == len(ids)
    page = next((state.published.folder / "site/obligations").glob(f"{JUNE}*.html")).read_text(encoding="utf-8")
    assert page.count(f"by {BY}: {REASON}.") == len(ids)
    with state.published.open() as session:
        event = (
            "SELECT count_by_giver, count_by_receiver FROM events "
            "WHERE kind = 'body_repatriation' AND to_party = 'ukraine' AND NOT closed_total AND date_to = ?"
        )
        assert session.rows(event, date(2025, 6, 16)) == [(1248, None)]
        assert session.rows("SELECT count(*) FROM retractions WHERE reason = ?", REASON) == [(len(ids),)]
        assert session.rows("SELECT count(*) FROM statements WHERE retracted") == [(len(ids),)]
        causes = session.rows(
            "SELECT DISTINCT statement_id FROM status_history WHERE cause = 'retract' AND obligation_id = ?", JUNE
        )
    assert {str(row[0]) for row in causes} <= set(ids)
    assert causes


def test_a_restored_statement_counts_again(servanda, state):
    ids, _ = statement(state)
    assert servanda("retract", ids[0], "--reason", REASON, "--by", BY, "--state", state.folder).code == 0
    assert servanda("restore", ids[0], "--reason", "struck by mistake", "--by", BY, "--state", state.folder).code == 0
    assert "it counts no more" not in servanda("why", JUNE, "--state", state.folder).out
    with state.published.open() as session:
        assert session.rows("SELECT act FROM retractions ORDER BY made_at") == [("retract",), ("restore",)]


def test_the_command_names_the_sentence_it_strikes(servanda, state):
    ids, quote = statement(state)
    result = servanda("retract", ids[0], "--reason", REASON, "--by", BY, "--state", state.folder)
    assert " ".join(quote.split()) in " ".join(result.out.split())


def test_an_article_is_struck_whole_and_marked(servanda, state):
    with state.published.open() as session:
        article = str(session.rows("SELECT article_id FROM statements WHERE count_min = 1245 ORDER BY 1")[0][0])
    assert servanda("retract", article, "--reason", "taken back by the outlet", "--by", BY, "--state", state.folder).code == 0
    with state.published.open() as session:
        assert session.rows("SELECT DISTINCT retracted FROM articles WHERE article_id = ?", article) == [(True,)]
        assert session.rows("SELECT count(*) FROM statements WHERE article_id = ? AND NOT retracted", article) == [(0,)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("retract", "s-none", "--reason", "r", "--by", "b"), 'no statement or article bears the id "s-none"'),
        (("retract", "s-", "--reason", "r", "--by", "b"), '"s-" is the beginning of'),
        (("restore", None, "--reason", "r", "--by", "b"), "is not struck; there is nothing to restore"),
        (("retract", None, "--reason", " ", "--by", "b"), "a reason and a name are wanted"),
    ],
)
def test_what_cannot_be_struck_is_told_and_changes_nothing(servanda, state, arguments, message):
    ids, _ = statement(state)
    result = servanda(*[ids[0] if part is None else part for part in arguments], "--state", state.folder)
    assert result.code == 2
    assert message in result.message
    with state.warehouse.open() as session:
        assert session.rows("SELECT count(*) FROM retractions") == [(0,)]


def test_status_by_what_was_known_before_anything_was_stored_is_empty(servanda, state):
    told = servanda("status", "--known-at", "2025-01-01", "--format", "csv", "--state", state.folder)
    assert (told.code, len(told.out.strip().splitlines())) == (0, 1)
