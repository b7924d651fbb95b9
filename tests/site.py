"""A small site of our own on loopback: feeds and pages by path, changed between requests, and what was asked of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPH = (
    "Russia handed over the bodies of 1,212 fallen defenders to Ukraine on Wednesday, the Coordination Headquarters said. "
    "The remains will be examined by forensic experts before they are returned to the families, it added in a statement."
)


@dataclass
class Site:
    base: str = ""
    port: int = 0
    routes: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(self, path: str, text: str = PARAGRAPH, title: str = "Bodies returned", head: str = "") -> None:
        self.set(
            path,
            f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>",
        )

    def feed(self, path: str, *links: str, etag: str | None = None, titles: dict[str, str] | None = None) -> None:
        entries = "".join(
            f"<item><title>{(titles or {}).get(link, link)}</title><link>{self.base}{link}</link>"
            "<pubDate>Wed, 11 Jun 2025 12:00:00 +0300</pubDate></item>"
            for link in links
        )
        headers = {"ETag": etag} if etag else {}
        self.set(path, f"<rss version='2.0'><channel><title>t</title>{entries}</channel></rss>", headers=headers)

    def set(self, path: str, body: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.routes[path] = (status, body.encode(), headers or {})

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            status, body, headers = site.routes.get(self.path, (404, b"nothing", {}))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """Clients may hang up."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    site.base = f"http://127.0.0.1:{site.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join(5)
