"""Bad input: one clear message that names the thing and the way out, the status of the design, and nothing stored is changed."""

import subprocess
import sys

import duckdb
import pytest

from newsroom.serve import PortTakenError, sample
from pipelines.state import State
from tests.site import PARAGRAPH, serving
from warehouse.database import Warehouse
from warehouse.migrate import present_version

SOURCES = """
[network]
contact = "t@example.org"
allow = ["127.0.0.1:{port}"]
pause = 0
"""
SOURCE = """
[[source]]
id = "{id}"
url = "{url}"
outlet = "{id}"
language = "en"
alignment = "ukraine"
"""


def configuration(folder, site, *names):
    file = folder / "sources.toml"
    file.write_text(SOURCES.format(port=site.port) + "".join(SOURCE.format(id=n, url=f"{site.base}/{n}.xml") for n in names))
    return file


@pytest.fixture
def file(tmp_path):
    """A configuration whose feed no test reaches."""
    (tmp_path / "sources.toml").write_text(SOURCES.format(port=9) + SOURCE.format(id="a", url="http://127.0.0.1:9/a.xml"))
    return tmp_path / "sources.toml"


def test_a_missing_sources_file(servanda, tmp_path):
    result = servanda("run", "--sources", tmp_path / "none.toml", "--state", tmp_path / "state")
    assert result.code == 2
    assert "none.toml: there is no such file; name another one with --sources" in result.message
    assert not (tmp_path / "state" / "servanda.duckdb").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]\n", "sources.toml: not valid TOML"),
        (SOURCES + SOURCE.format(id="a", url="ftp://e.example/a"), 'source "a": url must be http or https'),
        (SOURCES + SOURCE.format(id="a", url="http://e.example/a") + 'kind = "x"', 'unknown key "kind"'),
    ],
)
@pytest.mark.parametrize("command", [("run",), ("sources", "list"), ("sources", "check")])
def test_a_broken_sources_file(servanda, tmp_path, text, message, command):
    (tmp_path / "sources.toml").write_text(text.replace("{port}", "9"))
    state = ("--state", tmp_path / "state") if command == ("run",) else ()
    result = servanda(*command, "--sources", tmp_path / "sources.toml", *state)
    assert result.code == 2
    assert message in result.message


def test_an_unknown_source_in_a_command(servanda, file):
    result = servanda("sources", "check", "b", "--sources", file)
    assert result.code == 2
    assert 'sources.toml: there is no source "b"' in result.message
    assert "`servanda sources list` names them all" in result.message


@pytest.mark.parametrize("command", ["run", "sample"])
def test_a_state_that_cannot_be_written(servanda, tmp_path, file, command):
    (tmp_path / "in-the-way").write_text("a file")
    sources = ("--sources", file) if command == "run" else ()
    result = servanda(command, *sources, "--state", tmp_path / "in-the-way" / "state")
    assert result.code == 2
    assert "in-the-way/state: the state folder cannot be made" in result.message
    assert "--state or SERVANDA_STATE" in result.message


def test_a_database_held_by_another_process(servanda, tmp_path, file):
    path = tmp_path / "state" / "servanda.duckdb"
    path.parent.mkdir()
    program = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        result = servanda("run", "--sources", file, "--state", path.parent)
        holder.stdin.close()
    assert result.code == 2
    assert f"servanda.duckdb: is held by process {holder.pid}" in result.message
    assert "wait until it ends and run again" in result.message


def test_a_database_of_an_unknown_version(servanda, tmp_path, file):
    path = tmp_path / "servanda.duckdb"
    with Warehouse(path).open() as session:
        session.rows("INSERT INTO schema_version VALUES (?, now())", present_version() + 1)
    before = path.read_bytes()
    result = servanda("run", "--sources", file, "--state", tmp_path)
    assert result.code == 2
    assert "written by a later Servanda" in result.message
    assert "Update Servanda, or name another state folder" in result.message
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(servanda, tmp_path, file):
    (tmp_path / "servanda.duckdb").write_text("no database " * 500)
    result = servanda("run", "--sources", file, "--state", tmp_path)
    assert result.code == 2
    assert "is not a DuckDB database; move it away" in result.message


@pytest.mark.parametrize("command", [("status",), ("why", "x"), ("sql", "SELECT 1")])
def test_a_state_without_anything_published(servanda, tmp_path, command):
    result = servanda(*command, "--state", tmp_path)
    assert result.code == 2
    assert "nothing was published yet; run `servanda run` first" in result.message


def test_faulty_sources_and_articles_are_named_and_the_rest_is_published(servanda, tmp_path):
    with serving() as site:
        site.feed("/good.xml", "/a", "/empty")
        promise = "Russia will hand over 6,000 bodies of fallen soldiers to Ukraine next week, Vladimir Medinsky said."
        site.page("/a", f"{promise} {PARAGRAPH}", "[red]Bodies[/red] \x1b[31mreturned")
        site.set("/empty", "<html><body><p>Please enable JavaScript.</p></body></html>")
        site.set("/malformed.xml", "<rss version='2.0'><channel><item><title>x")
        site.set("/down.xml", "", 500)
        file = configuration(tmp_path, site, "good", "malformed", "down")
        result = servanda("run", "--sources", file, "--state", tmp_path / "state", "--as-of", "2025-06-30")
        check = servanda("sources", "check", "--sources", file)
    assert result.code == 1
    assert "failed: source down: the server answered 500" in result.message
    assert "failed: source malformed: not well-formed XML" in result.message
    assert "/empty: a text of" in result.message
    assert "(next try after" in result.message
    assert "body_repatriation" in result.out
    assert "Sample" not in result.out
    assert check.code == 1
    assert "failed: source down" in check.message
    with State(tmp_path / "state").warehouse.open() as session:
        states = dict(session.rows("SELECT url, state FROM items"))
    assert states == {f"{site.base}/a": "stored", f"{site.base}/empty": "pending"}


def test_a_publication_in_whose_way_a_file_stands(servanda, tmp_path):
    with serving() as site:
        site.feed("/good.xml")
        (tmp_path / "state" / "published").mkdir(parents=True)
        result = servanda("run", "--sources", configuration(tmp_path, site, "good"), "--state", tmp_path / "state")
    assert result.code == 2
    assert "published: stands in the way" in result.message
    assert "nothing was published anew" in result.message


def test_a_taken_port(servanda, tmp_path):
    with serving() as site:
        result = servanda("sample", "--state", tmp_path / "state", "--port", site.port)
        with pytest.raises(PortTakenError), sample(tmp_path / "newsroom", site.port):
            pass
    assert result.code == 2
    assert f"port {site.port} of 127.0.0.1 is taken" in result.message


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--as-of", "yesterday"),
        ("status", "--format", "xml"),
        ("why",),
        ("read",),
        ("read", "x.txt", "--published", "June"),
        ("read", "x.txt", "--language", "de"),
        ("nonsense",),
        ("sample", "--port", "70000"),
    ],
)
def test_bad_arguments(servanda, arguments):
    result = servanda(*arguments)
    assert result.code == 2
    assert "Error" in result.message


def test_a_published_file_that_is_broken(servanda, tmp_path):
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "servanda.duckdb").write_text("broken " * 1000)
    result = servanda("status", "--state", tmp_path)
    assert result.code == 2
    assert "run `servanda run` to publish anew" in result.message


def test_nothing_is_written_by_a_failed_open(tmp_path, servanda, file):
    path = tmp_path / "servanda.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS one")
    assert servanda("run", "--sources", file, "--state", tmp_path).code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["servanda.duckdb", "sources.toml"]
