"""A network stream whose every operation ends with the deadline of the whole request, so that a slow drip ends too."""

import ssl
import time
from collections.abc import Callable

import httpcore


class GuardedStream(httpcore.NetworkStream):
    """Wraps a stream; ``deadline`` gives the ``time.monotonic()`` of the end for the thread that asks, or None.

    A connection outlives a request, hence the deadline is asked for anew at each operation. Raises httpcore's ReadTimeout and
    WriteTimeout once the deadline has passed.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: Callable[[], float | None]) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there, up to ``max_bytes``."""
        return self._stream.read(max_bytes, self._rest(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of ``buffer``."""
        self._stream.write(buffer, self._rest(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted, under the same deadline."""
        rest = self._rest(timeout, httpcore.ConnectTimeout)
        return GuardedStream(self._stream.start_tls(ssl_context, server_hostname, rest), self._deadline)

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a stream (``ssl_object``, ``is_readable``, ...)."""
        return self._stream.get_extra_info(info)

    def _rest(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
        end = self._deadline()
        if end is None:
            return timeout
        rest = end - time.monotonic()
        if rest <= 0:
            raise late("the time for the whole request is over")
        return rest if timeout is None else min(rest, timeout)
