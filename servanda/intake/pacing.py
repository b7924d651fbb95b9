"""Manners towards one host and port: at most two requests at once, and a pause between the starts of two requests."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2


class _Place:
    def __init__(self) -> None:
        self.seats = threading.BoundedSemaphore(AT_ONCE)
        self.lock = threading.Lock()
        self.next_start = 0.0


class Pacer:
    """Thread-safe; ``pause`` in seconds, from the start of one request to the start of the next at the same place."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._places: dict[str, _Place] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, place: str) -> Iterator[None]:
        """Wait for one's turn at ``host:port``; the place is held until the block ends."""
        with self._lock:
            here = self._places.setdefault(place, _Place())
        with here.seats:
            time.sleep(self._reserve(here))
            yield

    def _reserve(self, here: _Place) -> float:
        """Take the next start time; return the seconds until then."""
        with here.lock:
            now = time.monotonic()
            start = max(now, here.next_start)
            here.next_start = start + self._pause
            return start - now
