"""Short articles of many styles with what each states, in three languages: written from the codebook before the rules.

`casebook.json`: `*` stands for any value; `also` holds further fields of each statement.
`unread` holds what the reader is known to miss; a case that it learns moves to `read`.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servanda.model.article import Article
from servanda.model.vocabulary import Language
from servanda.reading.reader import read_statements

CASEBOOK = json.loads((Path(__file__).parent / "casebook.json").read_text(encoding="utf-8"))
FRIDAY = datetime(2025, 6, 20, 15, tzinfo=UTC)


def plain(value):
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return sorted(map(plain, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def statements_of(case):
    """What each statement of a case is to be: the fields of its row, and those told beside it."""
    further = case.get("also") or [{} for _ in case["statements"]]
    return [dict(zip(CASEBOOK["fields"], row, strict=True)) | more for row, more in zip(case["statements"], further, strict=True)]


def found(case):
    article = Article(id="x", title="News", text=case["text"], published=FRIDAY, language=Language(case["language"]))
    fields = [*CASEBOOK["fields"], *sorted({field for more in case.get("also", ()) for field in more})]
    return [{field: plain(getattr(statement, field)) for field in fields} for statement in read_statements(article)]


def agrees(wanted, statement):
    return all(value in ("*", statement[field]) for field, value in wanted.items())


def all_right(case):
    statements = found(case)
    same_number = len(statements) == len(case["statements"])
    return same_number and all(any(agrees(wanted, told) for told in statements) for wanted in statements_of(case))


@pytest.mark.parametrize("case", CASEBOOK["read"], ids=lambda case: f"{case['language']}: {case['text'][:60]}")
def test_the_casebook_is_read(case):
    assert all_right(case), found(case)


@pytest.mark.parametrize("case", CASEBOOK["unread"], ids=lambda case: f"{case['language']}: {case['text'][:60]}")
@pytest.mark.xfail(strict=True, reason="known to be missed; move it to `read` once it is read")
def test_what_is_known_to_be_missed(case):
    assert all_right(case), found(case)
