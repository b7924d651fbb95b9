"""The memory of a process and of all that it started, together, sampled from outside."""

import threading
import time
from pathlib import Path


class Peak(threading.Thread):
    """Samples a process tree; ``mebibytes`` is the most that all held at one moment (what they share counts in each)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.mebibytes = 0.0
        self._pid = pid

    def run(self) -> None:
        """Until the process is gone."""
        while (held := sum(map(_resident, _family(self._pid)))) > 0:
            self.mebibytes = max(self.mebibytes, held / 1024)
            time.sleep(0.05)


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
