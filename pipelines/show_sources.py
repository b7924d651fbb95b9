"""`servanda sources`: what the configuration names, and whether each feed answers and can be read. No state is touched."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from assets.requests import Wanted, fetch_all
from pipelines.terminal import CommandError, Format, output, print_rows, table_of
from servanda.configuration import load_configuration
from servanda.intake.client import Client, Fetched
from servanda.intake.feed_entries import ParsedFeed
from servanda.intake.feeds import FeedBody, parse_feeds
from servanda.model.source import Configuration, Network, Source
from servanda.model.vocabulary import FetchOutcome, Purpose

WORKERS = min(4, os.cpu_count() or 1)
LISTED = ("id", "outlet", "language", "alignment", "enabled", "every", "url", "note")
CHECKED = ("id", "answer", "entries", "newest", "problem")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed answered; ``problem`` is empty if all is well."""

    source: str
    status: int | None
    entries: int
    newest: str
    problem: str


def list_sources(file: Path, form: Format) -> None:
    """Print the sources of a configuration."""
    configuration = load_configuration(file)
    rows = [
        (s.id, s.outlet, s.language.value, s.alignment.value, s.enabled, str(s.every) if s.every else "", s.url, s.note)
        for s in configuration.sources
    ]
    _show(LISTED, rows, form)


def check_sources(file: Path, names: Sequence[str], form: Format) -> list[str]:
    """Fetch and parse the feeds named (all enabled ones if none is), and print what came; the ones that failed, with reasons."""
    configuration = load_configuration(file)
    sources = wanted_sources(configuration, names, file)
    wanted = [Wanted(key=source.id, url=source.url, purpose=Purpose.FEED) for source in sources]
    with Client(configuration.network) as client:
        fetched = [(one.key, got) for one, got in fetch_all(client, wanted, connections=configuration.network.connections)]
    answers = judged(fetched, configuration.network)
    _show(CHECKED, [(a.source, a.status, a.entries, a.newest, a.problem) for a in answers], form)
    return [f"source {answer.source}: {answer.problem}" for answer in answers if answer.problem]


def wanted_sources(configuration: Configuration, names: Sequence[str], file: Path) -> list[Source]:
    """The sources of these names. Raises ``CommandError`` for a name that the configuration does not know."""
    known = {source.id: source for source in configuration.sources}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise CommandError(f'{file.name}: there is no source "{name}"{hint} `servanda sources list` names them all')
    return [known[name] for name in names] or [source for source in configuration.sources if source.enabled]


def judged(answers: Sequence[tuple[str, Fetched]], network: Network) -> list[Answer]:
    """What the feeds' answers are worth, by source."""
    came = [(source, fetched) for source, fetched in answers if fetched.outcome is FetchOutcome.OK]
    bodies = [
        FeedBody(body=f.body, content_type=f.content_type, url=f.final_url, entries_limit=network.feed_entries) for _, f in came
    ]
    parsed = parse_feeds(bodies, workers=WORKERS, seconds=network.extraction_seconds, megabytes=network.extraction_megabytes)
    told = [
        Answer(source, fetched.status, 0, "", fetched.reason)
        for source, fetched in answers
        if fetched.outcome is not FetchOutcome.OK
    ]
    told += [_judged(source, fetched.status, feed) for (source, fetched), feed in zip(came, parsed, strict=True)]
    return sorted(told, key=lambda answer: answer.source)


def _judged(source: str, status: int | None, feed: ParsedFeed) -> Answer:
    newest = max((entry.published for entry in feed.entries if entry.published), default=None)
    return Answer(source, status, len(feed.entries), f"{newest:%Y-%m-%d %H:%M}" if newest else "", feed.problem)


def _show(columns: Sequence[str], rows: Sequence[Sequence[object]], form: Format) -> None:
    if form is Format.TABLE:
        output().print(table_of(columns, rows))
    else:
        print_rows(columns, rows, form)
