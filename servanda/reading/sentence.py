"""A sentence taken apart: its tokens, and every phrase of the lexicon that stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from servanda.reading.lexicon import Entry, Lexicon, Tag
from servanda.reading.sentences import Span
from servanda.reading.tokens import Token, tokenize


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article. ``plain`` is the whole plain text; token offsets count from its start."""

    plain: str
    span: Span
    lexicon: Lexicon

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The tokens in order."""
        return tuple(tokenize(self.plain, self.span.start, self.span.end, self.lexicon.language))

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """What the lexicon knows of each token's word."""
        entry = self.lexicon.entry
        return tuple(entry(token) for token in self.tokens)

    @cached_property
    def dated(self) -> Sequence[int]:
        """The tokens at which a day may be named."""
        starts = {tag.start for tag in self.tagged("time")}
        return tuple(
            place
            for place, (token, entry) in enumerate(zip(self.tokens, self.entries, strict=True))
            if entry.dated or token.is_number or place in starts
        )

    @cached_property
    def tags(self) -> Sequence[Tag]:
        """Every phrase found, by start."""
        return tuple(self.lexicon.tags(self.tokens, self.entries))

    @cached_property
    def _by_name(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for tag in self.tags:
            for name in _groups(tag.name):
                found.setdefault(name, []).append(tag)
        return found

    def tagged(self, name: str) -> list[Tag]:
        """The phrases of a name or of a group of names (``verb`` is every ``verb.…``)."""
        return self._by_name.get(name, _NONE)

    def has(self, name: str) -> bool:
        """Whether a phrase of that name stands in the sentence."""
        return name in self._by_name

    def within(self, name: str, start: int, end: int) -> Iterator[Tag]:
        """The phrases of a name that lie in ``tokens[start:end]``."""
        return (tag for tag in self.tagged(name) if tag.start >= start and tag.end <= end)

    def nearest(self, name: str, place: int, reach: int = 1_000) -> Tag | None:
        """The phrase of a name that stands nearest to a token, within a reach of tokens."""
        tag, distance = self.near(name, place)
        return tag if distance <= reach else None

    def near(self, name: str, place: int) -> tuple[Tag | None, int]:
        """The phrase of a name that stands nearest to a token, and how far it is; looked for once."""
        found = self._near.get((name, place))
        if found is None:
            best, best_distance = None, _FAR
            for tag in self.tagged(name):
                distance = self.distance(tag, place)
                if distance < best_distance:
                    best, best_distance = tag, distance
            found = self._near[name, place] = (best, best_distance)
        return found

    @cached_property
    def _near(self) -> dict[tuple[str, int], tuple[Tag | None, int]]:
        return {}

    def distance(self, tag: Tag, place: int) -> int:
        """How far a phrase is from a token, in tokens; a break between them counts for several."""
        if tag.start <= place:
            low, high = tag.end, place
        else:
            low, high = place, tag.start
        if high <= low:
            return 0
        summed = self._summed_breaks
        return high - low + summed[high] - summed[low]

    def crossed(self, low: int, high: int) -> int:
        """The breaks between two tokens, summed."""
        return self._summed_breaks[max(low, high)] - self._summed_breaks[low] if high > low else 0

    @cached_property
    def _summed_breaks(self) -> Sequence[int]:
        return tuple(accumulate(self.breaks, initial=0))

    @cached_property
    def breaks(self) -> Sequence[int]:
        """For each token how strongly it parts what stands on its two sides."""
        weights = {",": 3, ";": 12, ":": 6, "–": 6, "(": 8, ")": 8, '"': 4}
        clause = {tag.start for tag in self.tagged("time.clause_break")}
        return tuple(weights.get(token.form, 0) + (8 if place in clause else 0) for place, token in enumerate(self.tokens))

    @cached_property
    def dateline(self) -> int:
        """The token after a dateline ("KYIV (Reuters) –", "CHERNIHIV REGION, Aug. 15 –"); 0 where there is none."""
        if not self.tokens or not self.tokens[0].form.isalpha() or not self.text[: len(self.tokens[0].form)].isupper():
            return 0
        return next((place + 1 for place, token in enumerate(self.tokens[:12]) if token.form in ("–", "-") and place > 0), 0)

    @cached_property
    def text(self) -> str:
        """The sentence in the plain text."""
        return self.plain[self.span.start : self.span.end]


_NONE: list[Tag] = []
_FAR = 1_000_000


@cache
def _groups(name: str) -> tuple[str, ...]:
    """A name and the groups that it belongs to: ``verb`` and ``verb.give``."""
    parts = name.split(".")
    return tuple(".".join(parts[:length]) for length in range(1, len(parts) + 1))
