"""The README shows figures of the sample run: each row of its excerpt is a row of the books of today."""

import json
import re

import pytest

from tests.casebook import ROOT
from warehouse.tables.ledger import Status

KINDS = {
    "Return of bodies": "body_repatriation",
    "Exchange of prisoners": "prisoner_exchange",
    "Return of children": "child_return",
    "Ceasefire": "ceasefire",
}
ROWS = [
    re.split(r"\s{2,}|(?<=[a-z]), ", line, maxsplit=6)
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith(tuple(KINDS)) and re.search(r"\s{2,}", line)
]


def number(cell: str) -> int | None:
    digits = re.match(r"[\d,]+", cell)
    return int(digits.group().replace(",", "")) if digits else None


@pytest.fixture(scope="module")
def books(ran, servanda):
    rows = json.loads(servanda("status", "--state", ran.state.folder, "--format", "json").out)
    return {
        (
            row["kind"],
            row["from_party"],
            row["to_party"],
            row["promised_min"],
            row["delivered_by_giver"],
            row["delivered_by_receiver"],
            row["status"],
        )
        for row in rows
    }


def test_the_excerpt_has_its_rows():
    assert len(ROWS) == 5


@pytest.mark.parametrize("cells", ROWS, ids=lambda cells: " ".join(cells[:2]))
def test_a_row_of_the_excerpt_is_a_row_of_the_books(books, cells):
    what, who, promised, *told = cells
    giver, receiver = ("both", None) if who == "both sides" else who.lower().split(" → ")
    (place,) = [n for n, cell in enumerate(told) if cell.lower() in set(Status)]
    accounts = [number(cell) for cell in told[:place]] or [None, None]
    assert (KINDS[what], giver, receiver, number(promised), *accounts, told[place].lower()) in books
