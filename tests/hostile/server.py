"""The hostile server: every misbehaviour at its own path, on loopback, and a canary on another port that nobody may touch."""

import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server, socket

from tests.hostile import feeds, pages, transport
from tests.hostile.misbehaviour import TEXT, Misbehaviour, article, feed, page, rss, send
from tests.hostile.robots import robots

FEEDS: dict[str, Misbehaviour] = feed.known
PAGES: dict[str, Misbehaviour] = page.known
ROBOTS: dict[str, Misbehaviour] = {f"robots-{name}": one for name, one in robots.known.items()}
HEALTHY = ("healthy-one", "healthy-two")
ARTICLES = 12
"""Of each healthy source."""
KINDS = (feeds, pages, transport)


@dataclass
class HostileServer:
    """The server's port, the canary's, and what was asked: paths, and faults of our own."""

    port: int = 0
    canary: int = 0
    asked: list[str] = field(default_factory=list)
    ports: dict[str, int] = field(default_factory=dict)
    """Of the sites that misbehave by their robots.txt, by name."""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def healthy_text(name: str, number: int) -> str:
    """The text of a healthy source's article: words that differ from those of every other."""
    words = " ".join(f"w{zlib.crc32(f'{name} {number} {n}'.encode()):x}" for n in range(160))
    return f"Report {number} of {name}. {words}. {TEXT}"


def _healthy(name: str, base: str) -> str:
    return rss(*(f"<item><title>{name} {n}</title><link>{base}/healthy/{name}/{n}</link></item>" for n in range(ARTICLES)))


def _content(hostile: HostileServer, kind: str, name: str, number: str) -> str:
    """What is no misbehaviour: the feeds that lead to them, and good pages. Empty where there is none."""
    if kind == "feed" and name in ROBOTS:
        return rss(f"<item><title>{name}</title><link>http://127.0.0.1:{hostile.ports[name]}/good/{name}</link></item>")
    if kind == "feed" and name == "pages":
        return rss(*(f"<item><title>{n}</title><link>{hostile.base}/page/{n}</link></item>" for n in PAGES))
    if kind == "feed" and name in HEALTHY:
        return _healthy(name, hostile.base)
    if kind == "healthy":
        return article(healthy_text(name, int(number)), f"{name} {number}")
    return article(healthy_text(name, 0), f"Good {name}") if kind == "good" else ""


def _handler(hostile: HostileServer, site: str = "") -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            hostile.asked.append(self.path)
            try:
                self._answer(*self.path.partition("?")[0].strip("/").split("/"))
            except OSError:
                self.close_connection = True

        def _answer(self, kind: str, name: str = "", number: str = "") -> None:
            one = ROBOTS.get(site) if kind == "robots.txt" else {"feed": FEEDS, "page": PAGES}.get(kind, {}).get(name)
            content = _content(hostile, kind, name or site, number)
            if one:
                one.answer(self)
            elif content:
                send(self, content, ETag=f'"{name}"')
            else:
                send(self, b"", 404)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    canary = 0

    def handle_error(self, *args: object) -> None:
        """Broken connections are what this server is for."""


@contextmanager
def serving() -> Iterator[tuple[HostileServer, socket]]:
    """The server, and the canary's socket, on which nothing may ever have arrived."""
    hostile = HostileServer()
    with ExitStack() as stack:
        canary = stack.enter_context(create_server(("127.0.0.1", 0)))
        canary.setblocking(False)
        hostile.canary = canary.getsockname()[1]
        hostile.port = stack.enter_context(_listening(_handler(hostile), hostile.canary))
        for name in ROBOTS:
            hostile.ports[name] = stack.enter_context(_listening(_handler(hostile, name), hostile.canary))
        yield hostile, canary


@contextmanager
def _listening(handler: type[BaseHTTPRequestHandler], canary: int) -> Iterator[int]:
    listener = _Listener(("127.0.0.1", 0), handler)
    listener.canary = canary
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield int(listener.server_address[1])
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join(5)
