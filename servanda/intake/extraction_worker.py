"""The program of one worker process: pages come through a pipe, and what they yield goes back. `workers` starts it."""

import logging
import resource
import signal
import sys
from multiprocessing.connection import Connection

from servanda.intake.extraction import Page, extract

GRACE = 5.0


def main(descriptor: int, megabytes: int) -> None:
    """Read pages until the pipe ends; what needs more address space than ``megabytes`` ends in a MemoryError: the page failed."""
    memory = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The libraries' own words are about pages that they give up; the outcome tells as much.
    logging.disable(logging.CRITICAL)
    with Connection(descriptor) as pipe:
        pipe.send(None)
        while True:
            try:
                page, seconds = pipe.recv()
            except EOFError:
                return
            # Should the caller be gone by then, nobody else would end an endless page.
            signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
            answer = extract(page.body, content_type=page.content_type, url=page.url) if isinstance(page, Page) else None
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
