"""Why an article is read as it is: for each sentence what was found in it, and what was decided of each number and each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.article import Article
from servanda.model.statement import Statement
from servanda.reading.counts import counts_of
from servanda.reading.dates import days_of
from servanda.reading.decisions.explain import Considered, Explaining, Weighed
from servanda.reading.decisions.judge import trained
from servanda.reading.language import language_of
from servanda.reading.lexicon import lexicon
from servanda.reading.numbers import numbers_of
from servanda.reading.reader import read_statements
from servanda.reading.relevance import relevant
from servanda.reading.sentence import Sentence
from servanda.reading.sentences import sentence_spans
from servanda.reading.text import plain

_NO_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one candidate: the number or the kind, what became of it, and the evidence."""

    subject: str
    outcome: str
    why: Sequence[Weighed]


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence with its evidence.

    ``phrases``: every phrase of the vocabulary with the words that it is made of; ``numbers``: every number with what it
    counts, or why it counts nothing; ``days``: the days that it names; ``statements``: what it was read as.
    """

    text: str
    start: int
    phrases: Sequence[tuple[str, str]]
    numbers: Sequence[tuple[str, str]]
    days: Sequence[str]
    verdicts: Sequence[Verdict]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article explained; ``set_aside`` tells why nothing of it was read, where nothing was."""

    sentences: Sequence[ExplainedSentence]
    set_aside: str | None = None


def explain(article: Article) -> Explanation:
    """The reading of an article with its evidence, sentence by sentence."""
    text = plain(article.text)
    if not relevant(f"{article.title}\n{text}"):
        return Explanation((), "no word of our matter stands in it: it was set aside by the gate")
    judge = Explaining(trained())
    statements = read_statements(article, judge)
    words = lexicon(article.language or language_of(text))
    if not judge.considered and not statements:
        return Explanation(
            (), "it names other wars as often as Russia and Ukraine together, or nothing in it could be a statement"
        )
    by_sentence: dict[int, list[Considered]] = {}
    for considered in judge.considered:
        by_sentence.setdefault(considered.start, []).append(considered)
    told = []
    for span in sentence_spans(text, words.language):
        sentence = Sentence(text, span, words)
        told.append(
            ExplainedSentence(
                text=article.text[span.start : span.end],
                start=span.start,
                phrases=tuple(
                    (tag.name, _words(sentence, tag.start, tag.end)) for tag in sentence.tags if tag.name not in _UNTOLD
                ),
                numbers=tuple(_numbers(sentence, article.day or _NO_DAY)),
                days=tuple(_days(sentence, article.day)),
                verdicts=tuple(_verdict(one) for one in by_sentence.get(span.start, ()) if one.decisions),
                statements=tuple(s for s in statements if s.char_start == span.start),
            )
        )
    return Explanation(tuple(told))


_UNTOLD = ("stop", "relative", "say.and", "time.to", "bound.or", "weak.ceasefire", "weak.talks", "weak.exchange")
"""Names of words that only help to find others."""


def _words(sentence: Sentence, start: int, end: int) -> str:
    tokens = sentence.tokens
    return sentence.plain[tokens[start].start : tokens[end - 1].end]


def _numbers(sentence: Sentence, day: date) -> list[tuple[str, str]]:
    days = days_of(sentence, day)
    counts = {count.number.start: count for count in counts_of(sentence, [(d.start, d.end) for d in days])}
    told = []
    for number in numbers_of(sentence):
        words = _words(sentence, number.start, number.end)
        count = counts.get(number.start)
        if any(number.start < d.end and d.start < number.end for d in days):
            meaning = "part of a date"
        elif count is None:
            meaning = "an age, a year, an ordinal, or the second of a pair"
        elif count.noun is None:
            meaning = "counts something else"
        elif count.noun == "bare":
            meaning = "no noun follows: it leans on what was said before"
        else:
            meaning = f"counts {count.noun}"
        told.append((words, meaning + (", for each side" if count is not None and count.per_side else "")))
    return told


def _days(sentence: Sentence, day: date | None) -> list[str]:
    if day is None:
        return []
    return [
        f"{_words(sentence, days.start, days.end)}: {days.first or 'open'} to {days.last or 'open'}"
        for days in days_of(sentence, day)
    ]


def _verdict(considered: Considered) -> Verdict:
    first = considered.decisions[0]
    if first.decision == "kind":
        low, high = considered.candidate
        subject = (
            f"number {low}"
            if low == high
            else f"number {low if low is not None else 'open'} to {high if high is not None else 'open'}"
        )
        taken = first.chosen != "none"
        outcome = f"taken as {first.chosen}" if taken else f"not taken (nearest: {first.second})"
    else:
        subject = str(considered.candidate[0])
        held = [one.chosen for one in considered.decisions if one.decision == "unnumbered"]
        outcome = ", ".join(held) if held else "settled"
    return Verdict(subject, outcome, tuple(considered.decisions))
