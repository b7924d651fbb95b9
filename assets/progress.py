"""How far a long step has come, for whoever watches it; silent unless somebody does."""


class Progress:
    """Told of a step's length, of each thing done, and of its end."""

    def begin(self, what: str, total: int) -> None:
        """A step of ``total`` things begins."""

    def advance(self) -> None:
        """One more is done."""

    def end(self) -> None:
        """The step is over."""
