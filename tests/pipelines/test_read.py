"""`servanda read`: an article's JSON, a page, a text, standard input; each file that is none is named."""

import io
import json
import subprocess
import sys

import pytest

from tests.casebook import ROOT

ARTICLES = ROOT / "newsroom/articles"
TEXT = "Russia handed over 1,212 bodies of fallen soldiers to Ukraine on Wednesday, the Coordination Headquarters said.\n"


def lines(result):
    return [json.loads(line) for line in result.out.splitlines()]


def test_articles_as_a_line_each(servanda):
    paths = sorted(ARTICLES.glob("00*.json"))
    result = servanda("read", "--format", "jsonl", *paths)
    assert (result.code, result.err) == (0, "")
    assert [line["id"] for line in lines(result)] == [f"n-{path.stem}" for path in paths]
    statement = next(s for line in lines(result) for s in line["statements"])
    assert {"kind", "stage", "categories", "count_min", "scope", "speaker", "quote", "agreed_on", "from_list"} <= set(statement)


def test_a_page_of_the_newsroom_reads_as_its_text(servanda, ran):
    page = ran.newsroom.built.files[ran.newsroom.built.pages["n-009"]]
    (of_page,) = lines(servanda("read", "--format", "jsonl", page, "--alignment", "independent"))
    (of_text,) = lines(servanda("read", "--format", "jsonl", ARTICLES / "009.json", "--alignment", "independent"))
    keys = ("kind", "stage", "count_min", "date_from", "quote")
    assert [[s[k] for k in keys] for s in of_page["statements"]] == [[s[k] for k in keys] for s in of_text["statements"]]


def test_a_text_with_its_day(servanda, tmp_path):
    (tmp_path / "report.txt").write_text(TEXT)
    (line,) = lines(
        servanda("read", "--format", "jsonl", tmp_path / "report.txt", "--published", "2025-06-12", "--language", "en")
    )
    (statement,) = line["statements"]
    assert (line["id"], statement["count_min"], statement["date_from"]) == ("report", 1212, "2025-06-11")


def test_a_text_without_a_day_says_that_days_cannot_be_told(servanda, tmp_path):
    (tmp_path / "report.txt").write_text(TEXT)
    result = servanda("read", tmp_path / "report.txt")
    assert result.code == 0
    assert "no day of publication is known" in result.message


def test_why_an_article_is_read_as_it_is(servanda, tmp_path):
    (tmp_path / "report.txt").write_text(TEXT + "The 5,000 spectators cheered.\n")
    result = servanda("read", "--explain", tmp_path / "report.txt", "--published", "2025-06-12", "--language", "en")
    told = " ".join(result.out.split())
    assert result.code == 0
    assert "» Russia handed over 1,212 bodies of fallen soldiers" in told
    assert "=> body_repatriation performed 1,212 bodies, by ukraine" in told
    assert "kind = body_repatriation (" in told
    assert "because" in told
    assert "number 5000: not taken" in told.split("» The 5,000 spectators cheered.", 1)[1]


def test_an_explanation_is_for_people_only(servanda, tmp_path):
    (tmp_path / "report.txt").write_text(TEXT)
    result = servanda("read", "--explain", "--format", "jsonl", tmp_path / "report.txt")
    assert (result.code, result.out) == (2, "")
    assert "leave --format jsonl out" in result.message


@pytest.mark.parametrize("form", ["json", "text"])
def test_standard_input(servanda, form):
    body = json.dumps({"id": "x", "title": "", "text": TEXT, "published": "2025-06-12"}) if form == "json" else TEXT
    result = servanda("read", "-", "--format", "jsonl", "--published", "2025-06-12", stdin=body.encode())
    assert lines(result)[0]["statements"][0]["count_min"] == 1212


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b"[]", "must be one article"),
        ("a.json", b'{"id": "x"}', '"text" is missing or empty'),
        ("a.json", b'{"text": 5}', '"text" must be a text'),
        ("a.json", b'{"text": "x", "language": "de"}', '"de" is none of en, uk, ru'),
        ("a.json", b'{"text": "x", "published": "June"}', "June"),
        ("a.json", b'{"text": "x", "published": "9999-12-31T23:59:59-12:00"}', "no day of publication"),
        ("a.json", b'{"text": "x \\ud83d"}', "half a character (\\ud83d) at 2"),
        ("a.txt", b"\xff\xfe\xff", "not in UTF-8"),
        ("a.txt", b"  \n", "the file is empty"),
        ("a.html", b"<html><body></body></html>", "no text was found in the page"),
        ("a.html", b"", "the page is empty"),
    ],
)
def test_a_file_that_is_no_article_is_named(servanda, tmp_path, name, body, message):
    (tmp_path / name).write_bytes(body)
    (tmp_path / "good.txt").write_text(TEXT)
    alone = servanda("read", tmp_path / name)
    assert alone.code == 2
    assert f"{name}: " in alone.message
    assert message in alone.message
    beside = servanda("read", "--format", "jsonl", tmp_path / name, tmp_path / "good.txt", "--published", "2025-06-12")
    assert beside.code == 1
    assert [line["id"] for line in lines(beside)] == ["good"]


def test_an_interrupt_ends_in_a_message(servanda):
    class Interrupted(io.BytesIO):
        def read(self, size=-1):
            raise KeyboardInterrupt

    result = servanda("read", "-", stdin=Interrupted())
    assert (result.code, result.message[:22]) == (2, "servanda: interrupted;")


def test_a_reader_of_the_output_that_had_enough_is_no_failure():
    program = [sys.executable, "-c", "from pipelines.command_line import main; main()", "read", "--format", "jsonl"]
    with subprocess.Popen(
        [*program, *sorted(ARTICLES.glob("*.json"))], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        reading.stdout.readline()
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0


def test_markup_and_control_characters_are_shown_as_text(servanda, tmp_path):
    (tmp_path / "x.txt").write_text(
        "[bold]Russia[/bold] handed over \x1b[31m1,212 bodies\x07 to Ukraine, the Ministry of Defence said."
    )
    result = servanda("read", tmp_path / "x.txt", "--published", "2025-06-12")
    assert "\x1b" not in result.out
    assert "\x07" not in result.out
    assert "[bold]Russia[/bold]" in " ".join(result.out.split())
