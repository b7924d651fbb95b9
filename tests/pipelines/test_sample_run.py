"""One run from end to end, over real HTTP into a real DuckDB file; and what is asked of it afterwards."""

import csv
import io
import json

import duckdb
import pytest

from tests.casebook import COPIES
from warehouse.models import KEPT
from warehouse.published import PUBLIC

SIX_THOUSAND = "body_repatriation.2025-06-02.russia-ukraine"


def published(ran, query):
    with duckdb.connect(str((ran.state.folder / "published/servanda.duckdb").resolve()), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_it_ends_with_the_table_the_paths_and_the_next_command(ran):
    assert (ran.first.code, ran.first.err) == (0, "")
    for step in ("sources", "feeds", "items", "pages", "articles", "copies", "statements", "ledger", "snapshot"):
        assert f"  {step}" in ran.first.out
    assert "72 asked, 72 new" in ran.first.out
    assert SIX_THOUSAND in ran.first.out
    assert "Sample: invented wording. Do not cite." in ran.first.out
    assert "published/site/index.html" in ran.first.out
    assert ran.first.out.rstrip().splitlines()[-1].startswith("Next: servanda why ")


def test_a_second_run_adds_no_row_but_to_fetches(ran):
    before, after = ran.counts
    assert ran.second.code == 0
    assert [name for name in after if after[name] != before[name]] == ["fetches"]
    assert before["articles"] == 72
    assert before["snapshots"] == 1


def test_every_item_is_stored_and_every_quote_stands_in_its_text(ran):
    with ran.state.warehouse.open() as session:
        assert session.rows("SELECT state, count(*) FROM items GROUP BY 1") == [("stored", 72)]
        rows = session.rows(
            "SELECT CASE WHEN part = 'title' THEN a.title ELSE a.text END, s.char_start, s.char_end, s.quote "
            "FROM statements s JOIN articles a USING (article_id, version)"
        )
    assert len(rows) > 250
    assert all(text[start:end] == quote for text, start, end, quote in rows)


def test_the_copies_are_the_known_ones(ran):
    with ran.state.warehouse.open() as session:
        rows = session.rows(
            "SELECT a.url, o.url FROM copies c JOIN articles a USING (article_id) "
            "JOIN articles o ON o.article_id = c.copy_of WHERE c.copy_of <> c.article_id"
        )
    names = {url: name for name, url in ran.newsroom.built.pages.items()}
    assert {names[copy]: names[original] for copy, original in rows} == COPIES


@pytest.mark.parametrize(("day", "status"), [("2025-06-05", "promised"), ("2025-06-12", "reported"), ("2025-06-16", "fulfilled")])
def test_the_six_thousand_bodies_day_by_day(ran, servanda, day, status):
    result = servanda("status", "--state", ran.state.folder, "--as-of", day, "--format", "json")
    assert {row["obligation_id"]: row["status"] for row in json.loads(result.out)}[SIX_THOUSAND] == status
    assert result.err == "Sample: invented wording. Do not cite.\n"


def test_the_whole_set_carries_one_snapshot(ran):
    folder = ran.state.folder / "published"
    (identity,) = published(ran, "SELECT snapshot_id FROM snapshot")[0]
    assert folder.resolve().name == identity
    assert identity in ran.first.out
    assert identity in (folder / "site/index.html").read_text(encoding="utf-8")
    assert (folder / "site/feed.xml").exists()
    assert (folder / "status.csv").exists()
    assert (folder / "status.parquet").exists()
    assert {name for (name,) in published(ran, "SELECT table_name FROM duckdb_tables()")} == {*PUBLIC, *KEPT, "snapshot"}
    assert "text" not in {
        name for (name,) in published(ran, "SELECT column_name FROM duckdb_columns() WHERE table_name = 'articles'")
    }


def test_dagsters_records_lie_in_the_state(ran):
    home = ran.state.dagster_home
    assert "enabled: false" in (home / "dagster.yaml").read_text()
    assert list((home / "history").rglob("*.db"))


def test_status_as_csv_and_table(ran, servanda):
    result = servanda("status", "--state", ran.state.folder, "--format", "csv")
    rows = {row["obligation_id"]: row for row in csv.DictReader(io.StringIO(result.out))}
    assert (rows[SIX_THOUSAND]["as_of"], rows[SIX_THOUSAND]["delivered_by_receiver"]) == ("2026-03-31", "6057")
    assert SIX_THOUSAND in servanda("status", "--state", ran.state.folder).out


def test_why_tells_terms_deliveries_and_sentences(ran, servanda):
    result = servanda("why", SIX_THOUSAND[:-8], "--state", ran.state.folder, "--as-of", "2025-06-12")
    assert result.code == 0
    for words in (
        "6,000 bodies",
        "2 June 2025 in Istanbul",
        "11 June 2025",
        "1,212",
        "both sides",
        "Golden Horn Agency",
        "http://127.0.0.1:",
    ):
        assert words in result.out
    assert "14 June 2025" not in result.out, "what was told later is not known on that day"


def test_why_of_a_commitment_tells_both_obligations(ran, servanda):
    result = servanda("why", "body_repatriation.2025-06-02", "--state", ran.state.folder)
    assert "Russia → Ukraine" in result.out
    assert "Ukraine → Russia" in result.out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("body_repatriation.2025-06-20", "there is no commitment or obligation"),
        ("body_repatriation.2025-06-20", "did you mean body_repatriation.2025-06-02"),
        ("body_repatriation", "is the beginning of"),
        ("", "there is no commitment"),
    ],
)
def test_why_of_an_unknown_or_ambiguous_id(ran, servanda, name, message):
    result = servanda("why", name, "--state", ran.state.folder)
    assert result.code == 2
    assert message in result.message


def test_sql_answers_and_changes_nothing(ran, servanda):
    query = f"SELECT count(*) AS n FROM evidence('{SIX_THOUSAND}')"
    result = servanda("sql", query, "--state", ran.state.folder, "--format", "json")
    assert json.loads(result.out)[0]["n"] > 20
    refused = servanda("sql", "DELETE FROM statements", "--state", ran.state.folder)
    assert refused.code == 2
    assert "read-only" in refused.message
    unknown = servanda("sql", "SELECT * FROM promises", "--state", ran.state.folder)
    assert unknown.code == 2
    assert "promises" in unknown.message


@pytest.mark.parametrize("query", ["", " ; "])
def test_an_empty_question_is_refused(ran, servanda, query):
    result = servanda("sql", query, "--state", ran.state.folder)
    assert result.code == 2
    assert "the query is empty" in result.message


def test_sql_as_json_keeps_every_column_and_stays_json(ran, servanda):
    query = "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS b, NULL AS c, DATE '2025-06-02' AS d"
    result = servanda("sql", query, "--state", ran.state.folder, "--format", "json")
    (row,) = json.loads(result.out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert row == {"a": 1, "a_2": 2, "b": "nan", "c": None, "d": "2025-06-02"}


def test_sources_are_listed_and_checked(ran, servanda):
    listed = servanda("sources", "list", "--sources", ran.newsroom.sources, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(listed.out)))) == 8
    checked = servanda("sources", "check", "kordon-media", "--sources", ran.newsroom.sources, "--format", "json")
    assert (checked.code, checked.err) == (0, "")
    (row,) = json.loads(checked.out)
    assert (row["id"], row["answer"], row["problem"]) == ("kordon-media", 200, "")
