"""SIGKILL at a seeded moment of a run, again and again: no invariant broken, and the end state equals an undisturbed run's.

A round has two phases, each with kills and then one undisturbed run: first some pages fail; then they have recovered, others tell
more, and new ones are listed.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import dagster as dg
import pytest

from benchmarks.press_server import Press, serving
from pipelines.instance import open_instance
from pipelines.state import State
from tests.soak.child import STAGES, Child, start
from tests.soak.invariants import check, strays
from tests.soak.sameness import differences

AS_OF = "2026-06-30"


@dataclass
class Battery:
    """A press that is served, an undisturbed run's state after each phase, and how long each stage of it took."""

    folder: Path
    press: Press
    sources: Path
    stories: int
    undisturbed: list[State] = field(default_factory=list)
    seconds: list[dict[str, float]] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    finished: int = 0

    def phase(self, number: int) -> None:
        """Let the press be as it is in a phase."""
        self.press.stories = self.stories + number * self.stories // 10
        self.press.failing = set(range(3, self.stories, 25)) if number == 0 else set()
        self.press.updated = set(range(0, self.stories, 40)) if number else set()

    def start(self, state: State) -> Child:
        """Start a run on a state."""
        return start("--sources", self.sources, "--as-of", AS_OF, state=state.folder)

    def complete(self, state: State, *, failing: bool) -> Child:
        """One undisturbed run; it must complete unaided and leave nothing behind."""
        child = self.start(state)
        assert child.end() == (1 if failing else 0), "\n".join(child.told)
        child.began["over"] = time.monotonic()
        check(state)
        assert strays(state) == []
        with open_instance(state.dagster_home) as instance:
            assert {run.status for run in instance.get_runs()} <= {dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE}
        return child

    def measure(self, phases: int) -> None:
        """The undisturbed run of each phase."""
        state = State(self.folder / "undisturbed")
        for number in range(phases):
            self.phase(number)
            began = [*self.complete(state, failing=number == 0).began.items()]
            self.seconds.append({stage: after - at for (stage, at), (_, after) in pairwise(began)})
            kept = State(self.folder / f"undisturbed-{number}")
            shutil.copytree(state.folder, kept.folder, symlinks=True)
            self.undisturbed.append(kept)

    def round(self, draw: random.Random, stages: list[list[str]]) -> None:
        """A state of its own; in each phase a kill in each of these stages, then an undisturbed run."""
        state = State(self.folder / f"killed-{draw.randrange(10**9)}")
        for number, targets in enumerate(stages):
            self.phase(number)
            for target in targets:
                self.kill(state, target, draw, self.seconds[number])
                check(state)
            self.complete(state, failing=number == 0)
            assert differences(self.undisturbed[number], state) == []
        shutil.rmtree(state.folder)

    def kill(self, state: State, target: str, draw: random.Random, seconds: dict[str, float]) -> None:
        """A run that is killed somewhere in a stage, or soon after; it may also be over by then."""
        child = self.start(state)
        if child.wait_for(target):
            time.sleep(draw.random() * seconds[target])
        if child.process.poll() is None:
            self.killed[child.stage] += 1
        else:
            self.finished += 1
        child.kill(workers=draw.random() < 0.5)


def battery(folder: Path, stories: int, phases: int) -> Iterator[Battery]:
    with serving(Press(stories, feeds=7, delay=0.01, ports=6, matter=6, twice=True)) as press:
        sources = press.sources(folder / "sources.toml", first_retry_minutes=0, tries=1000)
        made = Battery(folder, press, sources, stories)
        made.measure(phases)
        yield made


def dealt(draw: random.Random, kills: int, hands: int) -> list[list[str]]:
    """So many kills over all stages alike, in hands whose stages come in the order of a run."""
    cards = [STAGES[number % len(STAGES)] for number in range(kills)]
    draw.shuffle(cards)
    return [sorted(cards[hand::hands], key=STAGES.index) for hand in range(hands)]


def test_a_few_kills(tmp_path):
    """The sample of the battery that every run of the tests takes."""
    draw = random.Random(5)
    for made in battery(tmp_path, stories=40, phases=1):
        made.round(draw, [sorted(draw.sample(STAGES[2:], 3), key=STAGES.index)])
        assert made.killed.total() + made.finished == 3


@pytest.mark.soak
def test_a_hundred_kills(tmp_path, capsys):
    draw = random.Random(7)
    for made in battery(tmp_path, stories=300, phases=2):
        hands = dealt(draw, kills=110, hands=20)
        for number in range(0, len(hands), 2):
            made.round(draw, hands[number : number + 2])
            with capsys.disabled():
                print(f"\nkills by stage: {dict(made.killed)}; over before: {made.finished}")
        assert made.killed.total() >= 100
        assert set(made.killed) == set(STAGES)
