"""The command `servanda`: options and exit statuses; what each command does lies in a file of its own beside this one.

0: done; 1: done, and some source or article failed, each named; 2: nothing done, one message names the thing and the way out.
Dagster is imported by the commands that need it only: it takes a second.
"""
# ruff: noqa: PLC0415

import os
import signal
import sys
import threading
import traceback
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from pipelines.article_files import Given, moment_of
from pipelines.show_statements import ReadFormat, show_statements
from pipelines.state import SOURCES, SOURCES_VARIABLE, STATE, STATE_VARIABLE, State
from pipelines.terminal import CommandError, Format, messages, text
from pipelines.today import today
from servanda.configuration import ConfigurationError
from servanda.intake.bodies import BodyError
from servanda.model.vocabulary import Alignment, Language
from servanda.publication.errors import PublicationError
from warehouse.errors import WarehouseError
from warehouse.tables.reading import RetractionAct

EXPECTED = (CommandError, ConfigurationError, WarehouseError, PublicationError, BodyError)
SAMPLE_DAY = datetime(2026, 3, 31)  # noqa: DTZ001 (an option's default; only its day is used)
SAMPLE_PORT = 8900
INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
sources_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What the sources file names, and whether it answers."
)
app.add_typer(sources_app, name="sources")

StateOption = Annotated[Path, typer.Option("--state", envvar=STATE_VARIABLE, help="The folder that holds all that is stored.")]
SourcesOption = Annotated[Path, typer.Option("--sources", envvar=SOURCES_VARIABLE, help="The file that names the feeds.")]
DayOption = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="Keep the books as of this day.")
]
KnownOption = Annotated[
    datetime | None,
    typer.Option("--known-at", parser=moment_of, metavar="MOMENT", help="By what was stored up to this day or instant only."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print it.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"servanda {version('servanda')}")
        raise typer.Exit


@app.callback()
def servanda(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Keeps the books on humanitarian promises between Russia and Ukraine.

    \b
    servanda sample                            the whole pipeline on the sample newsroom
    servanda run --sources sources.toml        the same on live feeds
    servanda status --as-of 2025-06-12         what stood how on that day
    servanda why body_repatriation.2025-06-02  the deliveries and sentences behind it
    servanda retract STATEMENT --reason ... --by ...  strike a wrong statement
    servanda read page.html                    the statements of one article
    servanda sql "SELECT * FROM events"        ask the published file
    """


@app.command()
def run(sources: SourcesOption = SOURCES, state: StateOption = STATE, as_of: DayOption = None) -> None:
    """Fetch the feeds, read what is new, keep the books and publish them.

    \b
    servanda run
    servanda run --sources my-sources.toml --state my-state --as-of 2026-03-31
    """
    from pipelines.show_run import show_run

    _end(show_run(State(state), sources, _day(as_of)))


@app.command()
def sample(
    state: StateOption = STATE,
    as_of: DayOption = SAMPLE_DAY,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port that the newsroom is served at; 0 takes a free one.")
    ] = SAMPLE_PORT,
) -> None:
    """Run the whole pipeline on the sample newsroom, which is served over HTTP on this machine. Its wording is invented.

    \b
    servanda sample
    servanda sample --state /tmp/sample --as-of 2025-06-12
    """
    from pipelines.show_sample import show_sample

    _end(show_sample(State(state), _day(as_of), port))


@app.command()
def dev(
    state: StateOption = STATE,
    sources: SourcesOption = SOURCES,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port of the Dagster UI.")] = 3000,
) -> None:
    """Open the Dagster UI on this state, until Ctrl-C.

    \b
    servanda dev --port 3001
    """
    from pipelines.develop import develop

    develop(State(state), sources, port)


@app.command()
def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help=".html, .txt, an article's .json, or - for standard input.")
    ],
    form: Annotated[ReadFormat, typer.Option("--format", help="How to print it.")] = ReadFormat.TABLE,
    published: Annotated[
        datetime | None, typer.Option(parser=moment_of, metavar="DATE", help="When it was published; a day, or an instant.")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="Its language; found out if not given.")] = None,
    alignment: Annotated[Alignment | None, typer.Option(help="Whose side its outlet is on.")] = None,
    explained: Annotated[
        bool, typer.Option("--explain", help="Show for each sentence what was found, and why a number was taken or not.")
    ] = False,
) -> None:
    """Read articles that lie in files, and print their statements. Needs no database and no network.

    \b
    servanda read report.txt --published 2025-06-02 --language en
    servanda read --format jsonl newsroom/articles/0*.json
    servanda read --explain newsroom/articles/001.json
    """
    if explained and form is ReadFormat.JSONL:
        raise CommandError("--explain is for people; leave --format jsonl out, or leave --explain out")
    done, failed = show_statements(paths, Given(published, language, alignment), form, explained=explained)
    _end(failed, nothing_done=done == 0)


@app.command()
def status(
    state: StateOption = STATE, as_of: DayOption = None, known_at: KnownOption = None, form: FormatOption = Format.TABLE
) -> None:
    """Show every commitment with both sides' accounts, as published or as of another day.

    \b
    servanda status
    servanda status --as-of 2025-06-12 --format json
    servanda status --as-of 2025-06-12 --known-at 2025-06-20
    """
    from pipelines.published_books import When
    from pipelines.show_status import show_status

    show_status(State(state), When(_day_or_none(as_of), known_at), form)


@app.command()
def why(
    commitment: Annotated[str, typer.Argument(metavar="ID", help="A commitment's or obligation's id, or the beginning of one.")],
    state: StateOption = STATE,
    as_of: DayOption = None,
    known_at: KnownOption = None,
) -> None:
    """Show why a commitment stands as it does: terms, deliveries by both accounts, and every sentence.

    \b
    servanda why body_repatriation.2025-06-02
    """
    from pipelines.published_books import When
    from pipelines.show_why import show_why

    show_why(State(state), commitment, When(_day_or_none(as_of), known_at))


ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is published with the statement.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it; it is published with the statement.")]
SubjectArgument = Annotated[
    str, typer.Argument(metavar="STATEMENT", help="A statement's id, or an article's for all of its statements.")
]


@app.command()
def retract(statement: SubjectArgument, reason: ReasonOption, by: ByOption, state: StateOption = STATE) -> None:
    """Strike a wrong statement (or all of an article) from the books of today on; the record stays, and so do earlier days.

    \b
    servanda retract s-0123456789 --reason "the number is of the wounded" --by "O. Petrenko"
    """
    from pipelines.show_retraction import show_retraction

    _end(show_retraction(State(state), statement, RetractionAct.RETRACT, reason, by))


@app.command()
def restore(statement: SubjectArgument, reason: ReasonOption, by: ByOption, state: StateOption = STATE) -> None:
    """Let a statement stand again that was struck.

    \b
    servanda restore s-0123456789 --reason "struck by mistake" --by "O. Petrenko"
    """
    from pipelines.show_retraction import show_retraction

    _end(show_retraction(State(state), statement, RetractionAct.RESTORE, reason, by))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(metavar="SQL")], state: StateOption = STATE, form: FormatOption = Format.TABLE
) -> None:
    """Ask the published file in SQL.

    \b
    servanda sql "SHOW TABLES"
    servanda sql "SELECT * FROM status_as_of(DATE '2025-06-12')" --format csv
    """
    from pipelines.show_sql import show_sql

    show_sql(State(state), query, form)


@sources_app.command("list")
def sources_list(sources: SourcesOption = SOURCES, form: FormatOption = Format.TABLE) -> None:
    """Show the sources that the file names."""
    from pipelines.show_sources import list_sources

    list_sources(sources, form)


@sources_app.command("check")
def sources_check(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Sources by id; all enabled ones if none.")] = None,
    sources: SourcesOption = SOURCES,
    form: FormatOption = Format.TABLE,
) -> None:
    """Ask the feeds whether they answer and can be read. Nothing is stored."""
    from pipelines.show_sources import check_sources

    _end(check_sources(sources, names or [], form))


def main() -> None:
    """Run the command; whatever goes wrong ends in one message, never in a traceback (SERVANDA_DEBUG=1 shows it)."""
    if threading.current_thread() is threading.main_thread():
        # Whoever stops a service sends SIGTERM, which else would end the process without a word, and leave its files unclosed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except EXPECTED as error:
        _give_up(str(error))
    except SystemExit as end:
        # Typer's own ends, in words and statuses of ours.
        if end.code == INTERRUPTED:
            _give_up("interrupted; what was stored stays, and the next run goes on from there")
        if isinstance(end.__context__, BrokenPipeError):
            # The reader of our output had enough: nothing failed.
            sys.exit(0)
        raise
    except Exception as error:
        if os.environ.get("SERVANDA_DEBUG"):
            traceback.print_exc()
        _give_up(f"unexpected fault, please report it: {type(error).__name__}: {error} (SERVANDA_DEBUG=1 shows where)")


def _give_up(message: str) -> None:
    console = messages()
    for line in message.splitlines() or [""]:
        console.print(text(f"servanda: {line}", "red"), soft_wrap=True)
    sys.exit(2)


def _end(failed: list[str], *, nothing_done: bool = False) -> None:
    """Name what failed, and end with the exit status that says so."""
    console = messages()
    for line in failed:
        console.print(text(f"failed: {line}", "red"), soft_wrap=True)
    if failed:
        raise typer.Exit(2 if nothing_done else 1)


def _day_or_none(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _day(moment: datetime | None) -> date:
    return moment.date() if moment else today()
