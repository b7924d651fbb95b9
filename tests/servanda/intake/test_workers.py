"""Worker processes: what hangs is killed, what dies is told, the rest goes on in order."""

import os
import sys
import time
from pathlib import Path

import pytest

from servanda.intake import workers
from servanda.intake.workers import Program, Worker, Workers, run_workers

PROGRAM = """
import os, sys, time
from multiprocessing.connection import Connection
with Connection(int(sys.argv[1])) as pipe:
    pipe.send(None)
    while True:
        try:
            task, seconds = pipe.recv()
        except EOFError:
            break
        if task == "hang":
            time.sleep(60)
        if task == "die":
            os._exit(1)
        pipe.send(os.getpid() if task == "who" else 5 if task == "odd" else task.upper())
"""
PROGRAMS = Program(module="program_of_a_worker", kind=str, late="late", dead="dead")


@pytest.fixture(autouse=True)
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "program_of_a_worker.py").write_text(PROGRAM)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])


def test_results_stand_in_order_whatever_happens():
    tasks = ["a", "hang", "b", "die", "c", "odd", "d"]
    began = time.monotonic()
    assert run_workers(tasks, PROGRAMS, workers=2, seconds=0.5) == ["A", "late", "B", "dead", "C", "dead", "D"]
    assert time.monotonic() - began < 10


def test_workers_stay_for_many_lots_and_are_renewed_after_a_life(monkeypatch):
    program = Program(module="program_of_a_worker", kind=int, late=0, dead=-1)
    with Workers[str, int](program, 1) as own:
        monkeypatch.setattr(workers, "LIFE", 3)
        first, second, third, fourth = (own.do_all(["who"], 5)[0] for _ in range(4))
        assert first == second == third > 0
        assert fourth not in {first, 0, -1}


def test_no_tasks():
    assert run_workers([], PROGRAMS, workers=4, seconds=1) == []


def test_a_worker_is_kept_while_it_is_well_and_ends_with_its_owner():
    program = Program(module="program_of_a_worker", kind=int, late=0, dead=-1)
    with Worker[str, int](program) as worker:
        first = worker.do("who", 5)
        assert first == worker.do("who", 5) > 0
        assert worker.do("hang", 0.1) == 0
        assert worker.do("who", 5) not in {0, -1, first}
        last = worker.do("who", 5)
    with pytest.raises(ProcessLookupError):
        os.kill(last, 0)
