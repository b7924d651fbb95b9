"""One request and its answer, streamed under a cap: no redirects, no cookies, no proxies, and no judgement."""

import time
from dataclasses import dataclass

import httpcore
import httpx

from servanda.intake.decoding import EncodingError, decoded
from servanda.intake.guard import GuardedBackend, deadline
from servanda.model.source import Network


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over a pool whose connections are made by the guard."""

    def __init__(self, network: Network, backend: GuardedBackend) -> None:
        trusted = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=trusted, trust_env=False)
        # httpx has no argument for httpcore's network backend.
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted,
            max_connections=network.connections + 2,
            max_keepalive_connections=network.connections,
            keepalive_expiry=5.0,
            network_backend=backend,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. ``body`` is decoded and at most as long as the cap; ``wire`` counts its bytes before decoding.

    ``cut`` tells that the body is longer than the cap; ``broken`` tells in words why the body is not whole though the headers
    came.
    """

    status: int
    headers: httpx.Headers
    body: bytes = b""
    wire: int = 0
    cut: bool = False
    broken: str = ""


def exchange(transport: httpx.BaseTransport, request: httpx.Request, *, cap: int, until: float) -> Answer:
    """Send a request and read the body of a 200 up to ``cap`` bytes, all before ``until`` (of ``time.monotonic()``).

    Raises httpx.HTTPError, ForbiddenAddressError and OSError where no headers came.
    """
    token = deadline.set(until)
    try:
        response = transport.handle_request(request)
        try:
            return _read(response, cap)
        finally:
            response.close()
    finally:
        deadline.reset(token)


def _read(response: httpx.Response, cap: int) -> Answer:
    if response.status_code != 200:
        return Answer(status=response.status_code, headers=response.headers)
    parts: list[bytes] = []
    size = 0
    broken = ""
    wire = _Counter(response, cap)
    try:
        for part in decoded(wire, response.headers.get("content-encoding")):
            parts.append(part)
            size += len(part)
            if size > cap:
                break
    except EncodingError as error:
        # What the cap cut off is cut, not broken.
        broken = "" if wire.total > cap else str(error)
    except (httpx.HTTPError, OSError) as error:
        broken = f"the body broke off after {size:,} bytes: {said(error)}"
    return Answer(
        status=200,
        headers=response.headers,
        body=b"".join(parts)[:cap],
        wire=wire.total,
        cut=max(size, wire.total) > cap,
        broken=broken,
    )


class _Counter:
    """Counts the bytes on the wire, and ends the stream when they alone exceed the cap."""

    def __init__(self, response: httpx.Response, cap: int) -> None:
        self._chunks = response.iter_raw()
        self._cap = cap
        self.total = 0

    def __iter__(self) -> "_Counter":
        return self

    def __next__(self) -> bytes:
        if self.total > self._cap:
            raise StopIteration
        chunk = next(self._chunks)
        self.total += len(chunk)
        return chunk


def said(words: Exception | str) -> str:
    """Words from outside, an exception's or others, on one line of at most 300 printable characters; its name if it is mute."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(words)).split())
    return line[:300] or type(words).__name__


def late(until: float) -> bool:
    """Whether a deadline has passed, or is so near that it is what ended an operation."""
    return until - time.monotonic() < 0.01
