"""Prints the ratios of the newest run of `make bench`."""

import json
from pathlib import Path

KEPT = Path(".benchmarks")


def main() -> None:
    """A line a benchmark: its name and its ratios."""
    newest = max(KEPT.rglob("*.json"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        print("No run is kept in .benchmarks/; `make bench` makes one.")
        return
    print(f"\n{newest}:")
    for row in json.loads(newest.read_text(encoding="utf-8"))["benchmarks"]:
        told = ", ".join(f"{name}: {value}" for name, value in row["extra_info"].items())
        print(f"  {row['name'].removeprefix('test_'):45s} {told}")


if __name__ == "__main__":
    main()
