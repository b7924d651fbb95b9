"""Serves a generated press on loopback, by the standard library alone: feeds with validators, pages, delays, faults."""

import asyncio
import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.press import LANGUAGES, Story, feed, page, story

HOST = "127.0.0.1"
ALIGNMENTS = ("ukraine", "russia", "independent", "mediator")
TAIL = "?utm_source=rss"


@dataclass
class Press:
    """What is served. Feed ``n`` lists the stories ``n``, ``n + feeds``, ...

    ``twice``: the last feed lists the first one's stories again, with a tail behind each address.

    ``failing`` and ``updated``: numbers of stories whose pages answer 503, or tell more than before, for as long as they stand
    here. ``delay`` in seconds an answer. All of it may change while it is served.
    """

    stories: int
    feeds: int
    delay: float = 0.0
    ports: int = 1
    matter: int = 20
    twice: bool = False
    failing: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    bases: list[str] = field(default_factory=list)

    def listed(self, number: int) -> list[Story]:
        """The stories of a feed, newest first."""
        if self.twice and number == self.feeds - 1:
            number = 0
        step = self.feeds - self.twice
        return [self.story(n) for n in range(number, self.stories, step)][::-1]

    def story(self, number: int) -> Story:
        """A story as it stands now."""
        told = story(number, self.matter)
        if number not in self.updated:
            return told
        return replace(
            told, title=f"{told.title} (2)", paragraphs=(*told.paragraphs, *story(number + 1_000_000, 10**9).paragraphs[:3])
        )

    def base(self, number: int) -> str:
        """Where a story or a feed lies, by its feed's number."""
        if self.twice and number == self.feeds - 1:
            number = 0
        return self.bases[number % len(self.bases)]

    def answer(self, path: str, base: str) -> tuple[int, bytes, str]:
        """Status, body and content type of a path."""
        name = path.partition("?")[0]
        if name.startswith("/feed-"):
            number = int(name.removeprefix("/feed-").removesuffix(".xml"))
            tail = TAIL if self.twice and number == self.feeds - 1 else ""
            return 200, feed(self.listed(number), base, f"Feed {number}", tail), "application/rss+xml"
        if "story-" not in name:
            return 404, b"nothing here", "text/plain"
        number = int(name.rpartition("story-")[2].removesuffix(".html"))
        if number in self.failing:
            return 503, b"down for maintenance", "text/plain"
        return 200, page(self.story(number), base), "text/html"

    def sources(self, file: Path, **network: float) -> Path:
        """Write the ``sources.toml`` that names its feeds; the file."""
        allowed = ", ".join(f'"{base.removeprefix("http://")}"' for base in self.bases)
        lines = ["[network]", 'contact = "bench@example.org"', f"allow = [{allowed}]", "pause = 0"]
        lines += [f"{key} = {value}" for key, value in network.items()]
        for number in range(self.feeds):
            first = 0 if self.twice and number == self.feeds - 1 else number
            language = LANGUAGES[first % len(LANGUAGES)]
            lines += [
                "[[source]]",
                f'id = "feed-{number}"',
                f'url = "{self.base(number)}/feed-{number}.xml"',
                f'outlet = "Outlet {number}"',
                f'language = "{language}"',
                f'alignment = "{ALIGNMENTS[number % len(ALIGNMENTS)]}"',
            ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file


@contextmanager
def serving(press: Press) -> Iterator[Press]:
    """Serve a press on as many free ports as it wants, in a thread of this process, until the block ends."""
    loop = asyncio.new_event_loop()
    servers = [loop.run_until_complete(_listen(press)) for _ in range(press.ports)]
    thread = threading.Thread(target=loop.run_forever, name="press", daemon=True)
    thread.start()
    try:
        yield press
    finally:
        for server in servers:
            loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


async def _listen(press: Press) -> asyncio.Server:
    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        base = "http://{}:{}".format(*writer.get_extra_info("sockname"))
        try:
            while await _one(press, base, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(attend, HOST, 0, backlog=512)
    press.bases.append("http://{}:{}".format(*server.sockets[0].getsockname()))
    return server


async def _one(press: Press, base: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Answer one request; whether another may follow."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    path = first.split(" ")[1]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    press.asked[f"{base}{path}"] += 1
    status, body, kind = press.answer(path, base)
    if press.delay:
        await asyncio.sleep(press.delay)
    tag = ""
    if path.startswith("/feed-"):
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        tag = f"ETag: {etag}\r\n"
        if headers.get("if-none-match") == etag:
            status, body = 304, b""
    writer.write(f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{tag}\r\n".encode() + body)
    await writer.drain()
    return True
