"""`servanda read`: what the reader finds in articles that lie in files."""

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum

from pipelines.article_files import FileError, Given, read_article
from pipelines.show_explanation import show_explanation
from pipelines.terminal import messages, output, print_record, table_of, text
from servanda.model.article import Article
from servanda.model.statement import Statement
from servanda.publication import words
from servanda.reading.reader import read_statements

COLUMNS = ("kind", "stage", "number", "from", "to", "days", "speaker", "quote")


class ReadFormat(StrEnum):
    """How statements are printed."""

    TABLE = "table"
    JSONL = "jsonl"


def show_statements(paths: Sequence[str], given: Given, form: ReadFormat, *, explained: bool = False) -> tuple[int, list[str]]:
    """Read articles and print their statements, or why they are read so; how many were read, and which files were not."""
    failed: list[str] = []
    read = 0
    for path in paths:
        try:
            article = read_article(path, given)
        except FileError as error:
            failed.append(str(error))
            continue
        try:
            found = read_statements(article)
        except Exception as error:
            # One article must not keep the others from being read.
            failed.append(f"{path}: the reader failed on it, please report it: {type(error).__name__}: {error}")
            continue
        read += 1
        if article.published is None:
            messages().print(text(f"{path}: no day of publication is known, so no day can be told; give --published"))
        if explained:
            show_explanation(article)
        else:
            _print(article, found, form)
    return read, failed


def _print(article: Article, found: tuple[Statement, ...], form: ReadFormat) -> None:
    if form is ReadFormat.JSONL:
        print_record({"id": article.id, "statements": [asdict(statement) for statement in found]})
        return
    title = " ".join(part for part in (article.id, article.title) if part)
    console = output()
    if found:
        console.print(table_of(COLUMNS, [_row(statement) for statement in found], title))
    else:
        console.print(text(f"{title}: no statement"))


def _row(statement: Statement) -> list[object]:
    number = words.counted(statement.kind, statement.count_min, statement.count_max)
    parts = (
        "all for all" if statement.all_for_all else "",
        f"{number} a side" if number and statement.per_side else number,
        ", ".join(statement.categories),
    )
    days = words.days(statement.date_from, statement.date_to) if statement.date_from or statement.date_to else ""
    direction = (statement.from_party, statement.to_party)
    return [
        statement.kind,
        statement.stage,
        "; ".join(p for p in parts if p),
        *direction,
        days,
        statement.speaker,
        statement.quote,
    ]
