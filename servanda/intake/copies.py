"""Near-copies: which articles reprint which. Pure, and the same in any order of the articles.

Texts are compared as sets of three-word runs. Two texts of one length of which each shares a third with the other have a Jaccard
similarity of (1/3) / (2 - 1/3) = 0.2: from there on one is a reprint of the other. Texts written apart about one event share
hardly more than names and dates (0.03 at most in the sample newsroom, where the freest reprint has 0.24).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

FORM = 2
"""Of the comparison; raise it when the same texts may come to other copies, so that they are compared anew."""

RUN = 3
THRESHOLD = 0.2
# 128 bands of 2 rows: a pair at the threshold becomes a candidate with a probability of 0.995; candidates are compared whole.
BANDS, ROWS = 128, 2
_SCHEME = "affine32"
_EMPTY = MinHash(num_perm=BANDS * ROWS, seed=1, scheme=_SCHEME)
_WORD = re.compile(r"\w+")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Odd, one a place in the run, so that the order of the words counts."""

Runs = NDArray[np.uint32]
"""The hashes of a text's runs of words, each once, sorted: 4 bytes a run, since all texts are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The present text of an article."""

    article_id: str
    published_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article and the original of its group (itself, if it is one); ``similarity`` is that of the two texts, 0 to 1."""

    article_id: str
    copy_of: str
    similarity: float


def find_copies(texts: Iterable[Text]) -> list[Copy]:
    """Every article with its original: the earliest published of all that hang together as reprints, then the least id."""
    ordered = sorted(((text.published_at, text.article_id, shingles(text.text)) for text in texts), key=lambda one: one[:2])
    runs = [own for _, _, own in ordered]
    roots = list(range(len(ordered)))
    for one, other in _candidates(runs):
        if _root(roots, one) != _root(roots, other) and similarity(runs[one], runs[other]) >= THRESHOLD:
            first, second = sorted((_root(roots, one), _root(roots, other)))
            roots[second] = first
    originals = [_root(roots, number) for number in range(len(ordered))]
    return [
        Copy(
            article_id=article_id,
            copy_of=ordered[original][1],
            similarity=1.0 if original == number else round(similarity(own, runs[original]), 6),
        )
        for number, ((_, article_id, own), original) in enumerate(zip(ordered, originals, strict=True))
    ]


def shingles(text: str) -> Runs:
    """The hashes of a text's runs of three words, whatever their case and punctuation; a shorter text is one run."""
    words = np.array([crc32(word.encode(errors="surrogatepass")) for word in _WORD.findall(text.casefold())], dtype=np.uint64)
    count = max(1, len(words) - RUN + 1)
    if not len(words):
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS[: len(words)]):
        mixed += words[place : place + count] * factor
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def similarity(one: Runs, other: Runs) -> float:
    """Jaccard's: the share of what both have in all that either has; 0 for two empty texts."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _candidates(runs: Sequence[Runs]) -> Iterator[tuple[int, int]]:
    """The pairs of texts that agree in a band of their sketches, each once."""
    sketched = np.array([number for number, run in enumerate(runs) if len(run)], dtype=np.int64)
    if not len(sketched):
        return
    bands = np.stack([_sketch(runs[number]) for number in sketched]).view(np.uint64)
    found = [_agreeing(band) for band in bands.T]
    # Two numbers in one, so that what agrees in several bands is told once.
    for pair in np.unique(np.concatenate(found)):
        one, other = divmod(int(pair), len(sketched))
        yield int(sketched[one]), int(sketched[other])


def _agreeing(band: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The pairs of places with equal values, as ``first * size + second``."""
    order = np.argsort(band, kind="stable")
    edges = np.flatnonzero(np.diff(band[order])) + 1
    pairs = [np.empty(0, dtype=np.int64)]
    for start, end in zip([0, *edges], [*edges, len(order)], strict=True):
        if end - start > 1:
            one, other = np.triu_indices(end - start, k=1)
            pairs.append(order[start:end][one] * len(band) + order[start:end][other])
    return np.concatenate(pairs)


def _sketch(run: Runs) -> NDArray[np.uint32]:
    sketch = MinHash(num_perm=BANDS * ROWS, hashfunc=int, scheme=_SCHEME, permutations=_EMPTY.permutations)
    sketch.update_batch(run)
    values: NDArray[np.uint32] = np.ascontiguousarray(sketch.hashvalues, dtype=np.uint32)
    return values


def _root(roots: list[int], number: int) -> int:
    while roots[number] != number:
        roots[number] = roots[roots[number]]
        number = roots[number]
    return number
