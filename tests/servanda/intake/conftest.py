"""A server on loopback that misbehaves on demand: real HTTP, standard library only, every loop bounded."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from servanda.intake.client import Client
from servanda.model.source import Network

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    """An orderly answer; header names are given with underscores."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return send


def raw(*parts: bytes, gap: float = 0.0) -> Answer:
    """Bytes as they are, with a gap in seconds after each part; the connection ends with them."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        for part in parts:
            request.wfile.write(part)
            request.wfile.flush()
            time.sleep(gap)

    return send


@dataclass
class Hostile:
    """Paths to answers; ``requests`` holds path, headers and time of each request."""

    base: str = ""
    port: int = 0
    routes: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str], float]] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    answer = staticmethod(answer)
    raw = staticmethod(raw)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.requests]

    def headers(self, path: str) -> dict[str, str]:
        return next(headers for asked, headers, _ in reversed(self.requests) if asked == path)

    def times(self) -> list[float]:
        return [moment for _, _, moment in self.requests]


def _handler(server: Hostile) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            with server.lock:
                server.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()))
                server.busy += 1
                server.busiest = max(server.busiest, server.busy)
            try:
                server.routes.get(self.path, answer(404, b"nothing here"))(self)
            except OSError:
                self.close_connection = True
            finally:
                with server.lock:
                    server.busy -= 1

        def log_message(self, *args: object) -> None:
            pass

    return Handler


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Broken connections are what this server is for."""


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    listener = _Listener(("127.0.0.1", 0), _handler(server))
    server.port = listener.server_address[1]
    server.base = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    listener.shutdown()
    listener.server_close()
    thread.join(5)


@pytest.fixture
def network(hostile: Hostile) -> Network:
    """Short limits, and leave to reach the hostile server only."""
    return Network(
        contact="tests@servanda.example",
        allow=(f"127.0.0.1:{hostile.port}",),
        pause=0.0,
        connect_seconds=1.0,
        read_seconds=0.6,
        total_seconds=1.2,
        feed_bytes=200_000,
        page_bytes=100_000,
    )


@pytest.fixture
def client(network: Network) -> Iterator[Client]:
    with Client(network) as client:
        yield client
