"""What a misbehaviour is: a named answer of the hostile server, as a feed or as a page, and what must be told of it."""

import socket
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

Request = BaseHTTPRequestHandler
Answer = Callable[[Request], None]

TEXT = (
    "The regional council met on Wednesday to discuss the repair of the old bridge over the river, local reporters said. "
    "The works will take until the end of the next year, and traffic goes round by the northern road until then."
)


@dataclass(frozen=True)
class Misbehaviour:
    """``told``: words of which one must stand in what is told of it; empty where it is to be taken in without complaint.

    ``stored``: for a page, whether it must end as an article; for a feed, how many items it must list (None: any number).
    """

    name: str
    what: str
    answer: Answer
    told: tuple[str, ...] = ()
    stored: int | None = None


@dataclass
class Register:
    """The misbehaviours of one kind, by name, in the order of their definition."""

    known: dict[str, Misbehaviour] = field(default_factory=dict)

    def __call__(self, *told: str, stored: int | None = None) -> Callable[[Answer], Answer]:
        def take(answer: Answer) -> Answer:
            name = answer.__name__.replace("_", "-").strip("-")
            assert name not in self.known, name
            self.known[name] = Misbehaviour(name, (answer.__doc__ or "").strip(), answer, told, stored)
            return answer

        return take


feed, page = Register(), Register()


def send(request: Request, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
    """An orderly answer; header names are given with underscores."""
    content = body.encode() if isinstance(body, str) else body
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    if not {"Content_Length", "Transfer_Encoding"} & set(headers):
        request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def raw(request: Request, *parts: bytes, gap: float = 0.0) -> None:
    """Bytes as they are, with a gap in seconds after each part; the connection ends with them."""
    request.close_connection = True
    for part in parts:
        request.wfile.write(part)
        request.wfile.flush()
        time.sleep(gap)


def reset(request: Request) -> None:
    """End the connection by force."""
    request.wfile.flush()
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.close_connection = True
    request.connection.close()


def article(text: str = TEXT, title: str = "The bridge", head: str = "", body: str = "") -> str:
    """A page with an article. Its text is made its own by the title, so that no two pages are copies of one."""
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"<p>{title}: {text}</p>{body}</article></body></html>"
    )


def rss(*entries: str, head: str = '<?xml version="1.0"?>') -> str:
    """An RSS 2.0 feed of the entries."""
    return f'{head}<rss version="2.0"><channel><title>hostile</title>{"".join(entries)}</channel></rss>'


def entry(request: Request, name: str, title: str = "", more: str = "") -> str:
    """An entry that leads to a good page of this server."""
    return f"<item><title>{title or name}</title><link>{base_of(request)}/good/{name}</link>{more}</item>"


def base_of(request: Request) -> str:
    """The server's own address."""
    return f"http://127.0.0.1:{request.server.server_address[1]}"


def blocks(block: bytes, times: int) -> Iterator[bytes]:
    """The same block, a bounded number of times."""
    return (block for _ in range(times))
