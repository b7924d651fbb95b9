"""Serves the sample newsroom over real HTTP on loopback: `sample()` in programs, `python -m newsroom.serve` by hand."""

import argparse
import errno
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsroom.build import Built, build
from newsroom.site import Request, answer

HOST = "127.0.0.1"
PORT = 8900
FOLDER = Path("build/newsroom")


class PortTakenError(OSError):
    """Another process listens on the port that the sample was to be served at."""


@dataclass(frozen=True)
class Sample:
    """A newsroom that is being served: where, and the `sources.toml` that names its feeds."""

    base_url: str
    sources: Path
    built: Built


@contextmanager
def sample(folder: Path, port: int = PORT) -> Iterator[Sample]:
    """Bind the port, build the newsroom for it into `folder`, and serve it until the block ends.

    Articles are known by their addresses, which hold the port: so a taken port raises PortTakenError, and only an
    explicit `port=0` takes a free one.
    """
    server = _Server(folder, port)
    try:
        built = build(folder, server.base_url)
    except BaseException:
        server.server_close()
        raise
    with _running(server):
        yield Sample(server.base_url, built.sources, built)


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve what `build` wrote into `folder`, at a free port unless one is given; yields the base URL."""
    server = _Server(folder, port)
    with _running(server):
        yield server.base_url


@contextmanager
def _running(server: "_Server") -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom")
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """A thread a connection. Open connections are known, so that those kept alive do not hold up the end."""

    daemon_threads = False  # server_close() waits for the threads, then none outlives the block

    def __init__(self, folder: Path, port: int) -> None:
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        try:
            super().__init__((HOST, port), partial(_Handler, folder))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortTakenError(
                error.errno,
                f"port {port} of {HOST} is taken, and the sample's articles are known by addresses that hold it; "
                f"end the program that listens there, choose another port (--port), or take any free one (port 0)",
            ) from error
        self.base_url = f"http://{HOST}:{self.server_port}"

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over clients that hang up in the middle; report what else goes wrong."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def hang_up(self) -> None:
        """Close what clients keep open; their threads then read an end of file and return."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """The thin shell between a socket and `site.answer`."""

    protocol_version = "HTTP/1.1"
    server_version = "ServandaSample/1"
    timeout = 60
    # Headers and body leave in one piece; in two, Nagle's algorithm and the delayed ACK add 40 ms to each answer.
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(
        self, folder: Path, request: socket.socket, client_address: tuple[str, int], server: ThreadingHTTPServer
    ) -> None:
        self.folder = folder
        super().__init__(request, client_address, server)

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's own name)
        """Say nothing: whoever serves the sample has a log of his own."""

    def _respond(self, *, with_body: bool) -> None:
        headers = self.headers
        request = Request(self.path, headers.get("If-None-Match", ""), headers.get("If-Modified-Since", ""))
        response = answer(self.folder, request)
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(response.body)


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="port on 127.0.0.1, 0 for a free one (default: 8900)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"where to build it (default: {FOLDER})")
    arguments = parser.parse_args()
    try:
        with sample(arguments.folder, arguments.port) as running, suppress(KeyboardInterrupt):
            print(f"The sample newsroom (invented wording) is at {running.base_url}/, until Ctrl-C.")
            print(f"Its sources: {running.sources}")
            for outlet, url in running.built.feeds.items():
                print(f"  {outlet:20} {url}")
            threading.Event().wait()
    except PortTakenError as error:
        parser.exit(2, f"{error.strerror}\n")


if __name__ == "__main__":
    main()
