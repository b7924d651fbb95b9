"""The limits in docs/intake.md are the configuration's, with its defaults."""

import re
from dataclasses import fields
from pathlib import Path

from servanda.model.source import Network

DOCUMENT = Path(__file__).parents[2] / "docs" / "intake.md"
ROW = re.compile(r"^\| `(\w+)` \| ([\d,.]+) \|", re.MULTILINE)


def test_every_limit_stands_in_the_document_with_its_default():
    told = {key: float(value.replace(",", "")) for key, value in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))}
    standard = Network(contact="x")
    assert told == {f.name: float(getattr(standard, f.name)) for f in fields(Network) if f.name not in {"contact", "allow"}}
