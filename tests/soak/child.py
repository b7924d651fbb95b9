"""The command `servanda run` as a process of its own: how far it has come, and its death at a chosen moment."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STAGES = ("start", "sources", "feeds", "items", "pages", "articles", "copies", "statements", "ledger", "snapshot", "end")
"""What a run does, in order; each begins when the line of the one before is printed."""

SERVANDA = Path(sys.executable).with_name("servanda")
PATIENCE = 240.0


@dataclass
class Child:
    """A run under way; ``began`` holds the moment at which each stage began."""

    process: subprocess.Popen[str]
    told: list[str] = field(default_factory=list)
    began: dict[str, float] = field(default_factory=dict)
    _moved: threading.Condition = field(default_factory=threading.Condition)

    @property
    def stage(self) -> str:
        """The stage that it is in."""
        return STAGES[len(self.began) - 1]

    def wait_for(self, stage: str) -> bool:
        """Wait until a stage begins; False where the run ends before."""
        with self._moved:
            return self._moved.wait_for(lambda: stage in self.began or self._over(), PATIENCE) and stage in self.began

    def end(self) -> int:
        """Wait for its end; the exit status."""
        status = self.process.wait(PATIENCE)
        self._reader.join(10)
        return status

    def kill(self, *, workers: bool) -> None:
        """SIGKILL to its process group, and to its workers too, or leave those to find their pipe closed."""
        theirs = descendants(self.process.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        for pid in theirs if workers else []:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.end()
        until = time.monotonic() + 30
        while left := [pid for pid in theirs if _lives(pid)]:
            assert time.monotonic() < until, f"processes outlive a run that was killed: {left}"
            time.sleep(0.02)

    def read(self) -> None:
        """Follow its output, in a thread."""
        self.began["start"] = time.monotonic()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.told.append(line.rstrip())
            with self._moved:
                # The first line comes before the first step; then each step tells its end.
                done = "start" if line.startswith("Servanda, as of") else line.split()[0] if line.startswith("  ") else ""
                done = "" if "is tried again" in line else done
                if done == self.stage != STAGES[-1]:
                    self.began[STAGES[len(self.began)]] = time.monotonic()
                self._moved.notify_all()
        with self._moved:
            self.process.wait()
            self._moved.notify_all()

    def _over(self) -> bool:
        return self.process.poll() is not None


def start(*arguments: object, state: Path, limits: dict[str, int] | None = None) -> Child:
    """Start `servanda run` with these arguments on a state; ``limits``: of the process, by the names in `resource`."""

    def limit() -> None:
        for name, value in (limits or {}).items():
            resource.setrlimit(getattr(resource, name), (value, value))

    process = subprocess.Popen(
        [str(SERVANDA), "run", "--state", str(state), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=limit if limits else None,  # noqa: PLW1509 (only this thread is ours at that time, and it sets limits alone)
    )
    child = Child(process)
    child.read()
    return child


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for one in task.read_text().split():
                found += [int(one), *descendants(int(one))]
    return found


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
