"""`servanda run` as a program of its own, which writes down every connection that it makes."""

import json
import sys
from pathlib import Path

from pipelines.command_line import main


def watch(log: Path) -> None:
    """Write host and port of every connection into a file, a line each."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
            with log.open("a") as file:
                file.write(json.dumps(list(arguments[1][:2])) + "\n")

    sys.addaudithook(hook)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    watch(folder / "connects")
    sys.argv[1:] = ["run", "--sources", str(folder / "sources.toml"), "--state", str(folder / "state"), "--as-of", "2026-01-31"]
    main()
