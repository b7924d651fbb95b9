"""What a sentence leaves behind for the next: who spoke, of what kind of matter, in which direction, on which days."""

from dataclasses import dataclass, field, replace
from datetime import date

from servanda.model.vocabulary import Category, Kind, Speaker, Stage
from servanda.reading.roles import Direction


@dataclass(frozen=True, slots=True)
class Context:
    """The state carried from sentence to sentence of an article."""

    published: date
    paragraph: int = -1
    speaker: Speaker | None = None
    kind: Kind | None = None
    stage: Stage | None = None
    direction: Direction | None = None
    first: date | None = None
    last: date | None = None
    in_quotation: bool = False
    categories: tuple[Category, ...] = ()
    agreed_on: date | None = None
    agreed_at: str | None = None
    counts: dict[tuple[Kind, Stage], int] = field(default_factory=dict)

    def at_paragraph(self, paragraph: int) -> "Context":
        """The context at a sentence of a paragraph; a new paragraph starts without a stage and days of its own."""
        if paragraph == self.paragraph:
            return self
        return replace(self, paragraph=paragraph, stage=None, first=None, last=None, categories=())
