"""The loop of a worker process: tasks come through a pipe, and what they yield goes back. `workers` starts such programs."""

import logging
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

Task = TypeVar("Task")

GRACE = 5.0


def serve(descriptor: int, kind: type[Task], do: Callable[[Task], object], *, megabytes: int) -> None:
    """Do tasks of a ``kind`` until the pipe ends; what needs more address space than ``megabytes`` ends in a MemoryError."""
    memory = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The libraries' own words are about what they give up; the outcome tells as much.
    logging.disable(logging.CRITICAL)
    with Connection(descriptor) as pipe:
        pipe.send(None)
        while True:
            try:
                task, seconds = pipe.recv()
            except EOFError:
                return
            # Should the caller be gone by then, nobody else would end an endless task.
            signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
            answer = do(task) if isinstance(task, kind) else None
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)
