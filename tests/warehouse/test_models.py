"""The ledger's models as files: one SELECT each, composed in the order in which they depend on each other."""

import os
import re
import subprocess
import sys

import pytest

from warehouse.errors import WarehouseError
from warehouse.ledger_run import BOOKS
from warehouse.models import FOLDER, compose, dependencies, in_order, models


def test_each_file_says_at_its_head_what_it_is():
    for path in FOLDER.glob("*.sql"):
        assert path.read_text(encoding="utf-8").startswith(f"-- {path.stem}: "), path.name


def test_models_come_after_what_they_depend_on():
    order = in_order(("events", "status"))
    for name in order:
        assert all(order.index(needed) < order.index(name) for needed in dependencies()[name]), name


def test_only_the_first_and_the_last_know_the_day():
    assert [name for name, text in models().items() if re.search(r"\bday\b", text)] == ["heard", "status"]


def test_no_file_hides_a_model_behind_a_name_of_its_own():
    for name, text in models().items():
        own = set(re.findall(r"\b([a-z_]+) (?:\([^)]*\) )?AS (?:MATERIALIZED )?\(\s*(?:SELECT|FROM)", text))
        assert not own & set(models()), name


def test_every_model_is_used():
    used = set(in_order(BOOKS))
    assert set(models()) == used


def test_an_unknown_model_is_an_error_that_names_the_known_ones():
    with pytest.raises(WarehouseError, match=r'"evnts" is no model of the ledger; there are: .*events'):
        compose("evnts", "servanda")


def test_the_composed_text_is_the_same_in_every_process():
    """Else no day of the history that one run computed would serve the next one."""
    code = "from warehouse.models import compose; print(compose('status', 'servanda'))"
    texts = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1
