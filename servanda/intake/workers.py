"""Worker processes for what hostile input may hold up for ever: a task at a time, killed when it takes too long, and replaced.

They are fresh interpreters of our own, not multiprocessing's: those would import the caller's main module anew in every worker
(all of Dagster, under a run), and a pool of them cannot kill one worker. No fork: the caller has threads and an open database. A
worker ends with its pipe, so that none outlives a caller that was killed.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pipe
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

STARTING_SECONDS = 60.0
LIFE = 500
"""Tasks of one process: what libraries hoard over many must not count against the memory of the next."""


@dataclass(frozen=True, slots=True)
class Program(Generic[Result]):
    """A worker's program: a module that is run with the pipe's descriptor as its first argument.

    It answers each task with a ``kind``; ``arguments`` follow the descriptor. It sends None once it is ready, then takes pairs
    of a task and its seconds. ``late`` is the result of a task that took too long, ``dead`` of one over which the process ended.
    """

    module: str
    kind: type[Result]
    late: Result
    dead: Result
    arguments: tuple[str, ...] = ()


class Worker(Generic[Task, Result]):
    """One worker process, started when it is first needed."""

    def __init__(self, program: Program[Result]) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    def __enter__(self) -> "Worker[Task, Result]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._kill()

    def do(self, task: Task, seconds: float) -> Result:
        """Have one task done."""
        try:
            if self._done >= LIFE:
                self._kill()
            if self._process is None:
                self._start()
            self._done += 1
            self._pipe.send((task, seconds))
            if not self._pipe.poll(seconds):
                self._kill()
                return self._program.late
            answer: object = self._pipe.recv()
            if isinstance(answer, self._program.kind):
                return answer
        except (EOFError, OSError):
            pass
        self._kill()
        return self._program.dead

    def _start(self) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", self._program.module, str(theirs.fileno()), *self._program.arguments],
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # An interrupt is the caller's to handle.
                start_new_session=True,
            )
        # Importing is no part of a task's time.
        if self._pipe.poll(STARTING_SECONDS):
            self._pipe.recv()

    def _kill(self) -> None:
        self._done = 0
        if self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.wait()
            self._process = None


class Workers(Generic[Task, Result]):
    """A few workers that stay for many lots of tasks, since starting one takes longer than most tasks; a context manager."""

    def __init__(self, program: Program[Result], count: int) -> None:
        self._program = program
        self._workers = [Worker[Task, Result](program) for _ in range(max(1, count))]

    def __enter__(self) -> "Workers[Task, Result]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in self._workers:
            worker.__exit__(kind, error, trace)

    def do_all(self, tasks: Sequence[Task], seconds: float) -> list[Result]:
        """Have all tasks done, each within ``seconds``; the results stand in the tasks' order."""
        waiting: SimpleQueue[int] = SimpleQueue()
        for number in range(len(tasks)):
            waiting.put(number)
        results = [self._program.dead] * len(tasks)

        def work(worker: Worker[Task, Result]) -> None:
            while (number := _next(waiting)) is not None:
                results[number] = worker.do(tasks[number], seconds)

        # No more workers than tasks: the others need not be started.
        with ThreadPoolExecutor(len(self._workers), thread_name_prefix="workers") as threads:
            list(threads.map(work, self._workers[: max(1, len(tasks))]))
        return results


def run_workers(tasks: Sequence[Task], program: Program[Result], *, workers: int, seconds: float) -> list[Result]:
    """Have one lot of tasks done by workers of its own, each within ``seconds``; the results stand in the tasks' order."""
    with Workers[Task, Result](program, min(workers, len(tasks))) as own:
        return own.do_all(tasks, seconds)


def _next(waiting: SimpleQueue[int]) -> int | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None
