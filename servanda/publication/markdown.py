"""Rows from outside as a small Markdown table for Dagster's pages: escaped to the last character, cut, and never a link."""

import re

import polars as pl

from servanda.publication.outside import shown

ROWS = 5
WIDTH = 100
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def markdown_table(frame: pl.DataFrame, rows: int = ROWS) -> str:
    """The first rows of a frame; empty where there are none."""
    if frame.is_empty():
        return ""
    lines = [
        frame.columns,
        ["---"] * frame.width,
        *([markdown_text(value) for value in row] for row in frame.head(rows).iter_rows()),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def markdown_text(value: object) -> str:
    """A value as one line of Markdown that shows it and does nothing else."""
    text = "" if value is None else shown(str(value))
    return _PUNCTUATION.sub(r"\\\1", text if len(text) <= WIDTH else text[:WIDTH] + "…")
