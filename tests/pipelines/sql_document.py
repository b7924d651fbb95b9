"""The worked queries of `docs/sql.md`; ``python -m tests.pipelines.sql_document STATE`` writes their answers anew."""

import re
import sys
from pathlib import Path

from pipelines.state import State

DOCUMENT = Path(__file__).parents[2] / "docs" / "sql.md"
_WORKED = re.compile(r"```sql\n(?P<query>.*?)```\n\n```\n(?P<answer>.*?)```\n", re.DOTALL)


def worked() -> list[tuple[str, str]]:
    """Each query of the document with the answer that stands below it."""
    return [(found["query"], found["answer"]) for found in _WORKED.finditer(DOCUMENT.read_text(encoding="utf-8"))]


def answer(state: State, query: str) -> str:
    """What the published file answers, as aligned columns."""
    with state.published.open() as session:
        frame = session.frame(query)
    lines = [list(frame.columns), *([_cell(value) for value in row] for row in frame.iter_rows())]
    widths = [max(len(line[place]) for line in lines) for place in range(len(frame.columns))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def main() -> None:
    """Write every answer anew from a state in which the sample was run as of 31 March 2026."""
    state = State(Path(sys.argv[1]))
    text = DOCUMENT.read_text(encoding="utf-8")
    renewed = _WORKED.sub(lambda m: f"```sql\n{m['query']}```\n\n```\n{answer(state, m['query'])}```\n", text)
    DOCUMENT.write_text(renewed, encoding="utf-8")


if __name__ == "__main__":
    main()
