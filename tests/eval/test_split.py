"""The cut between articles that rules are made from and those that they are not."""

import json
from pathlib import Path

from tests.eval.scoring import LABELS

SPLIT = json.loads((Path(__file__).parent / "split.json").read_text(encoding="utf-8"))
NEAR_COPIES = [("012", "009"), ("026", "024"), ("051", "050"), ("065", "064"), ("071", "069")]


def test_the_held_out_articles_are_of_the_newsroom_and_about_a_third_of_it():
    names = {path.stem for path in LABELS.glob("*.json")}
    held = set(SPLIT["held_out"])
    assert held <= names
    assert len(names) / 4 <= len(held) <= len(names) / 2


def test_near_copies_stand_on_one_side_of_the_cut():
    held = set(SPLIT["held_out"])
    assert all((copy in held) == (original in held) for copy, original in NEAR_COPIES)
