"""Reads statements out of an article: text in, statements out. No clock, no network, no database."""

from collections.abc import Iterator
from datetime import date

from servanda.model.article import Article
from servanda.model.statement import Statement
from servanda.model.vocabulary import Kind, Part
from servanda.reading.context import Context
from servanda.reading.decisions.judge import Judge, judge
from servanda.reading.distinct import distinct
from servanda.reading.draft import Draft
from servanda.reading.drafts import drafts_of
from servanda.reading.follow import after
from servanda.reading.found import analyse
from servanda.reading.language import language_of
from servanda.reading.lexicon import Lexicon, lexicon
from servanda.reading.outcome import with_denials, with_outcome
from servanda.reading.quotation import quotations_of
from servanda.reading.relevance import relevant
from servanda.reading.sentence import Sentence
from servanda.reading.sentences import sentence_spans
from servanda.reading.text import plain
from servanda.reading.voices import voices_of

READER_VERSION = "2.2"
"""Changes with every change of what is read: stored texts are then read again."""

_NO_DAY = date(1970, 1, 1)


def read_statements(article: Article, by: Judge | None = None) -> tuple[Statement, ...]:
    """The distinct statements of an article, in the order of the text.

    Each quote stands to the letter at its offsets. No text raises; one without any relevant word costs a scan.
    """
    text = plain(article.text)
    if not relevant(f"{article.title}\n{text}"):
        return ()
    words = lexicon(article.language or language_of(text))
    title, sentences = _sentences(plain(article.title), words), _sentences(text, words)
    if _of_other_matters([*title, *sentences]):
        return ()
    drafts = list(_drafts(title, sentences, article, by or judge()))
    agreed = with_outcome(drafts, article.day, [*title, *sentences])
    return distinct(_statement(draft, sentence, article) for draft, sentence in with_denials(agreed))


def _sentences(text: str, words: Lexicon) -> list[Sentence]:
    return [Sentence(text, span, words) for span in sentence_spans(text, words.language)]


def _drafts(title: list[Sentence], sentences: list[Sentence], article: Article, by: Judge) -> Iterator[tuple[Draft, Sentence]]:
    main = _main_kind(title)
    context = Context(published=article.day or _NO_DAY)
    voices = voices_of(title, sentences, quotations_of(article.text), article.alignment)
    for sentence, voice in zip(sentences, voices, strict=True):
        reading = analyse(sentence, context.at_paragraph(sentence.span.paragraph), main, voice)
        drafts = list(drafts_of(reading, by))
        for draft in drafts:
            yield draft, sentence
        context = after(reading, drafts)


def _of_other_matters(sentences: list[Sentence]) -> bool:
    """Whether an article is of other wars: it names them more often than Russia and Ukraine together."""
    others = sum(len(sentence.tagged("other_matter")) for sentence in sentences)
    return others > 0 and others >= sum(
        len(sentence.tagged("party.russia")) + len(sentence.tagged("party.ukraine")) for sentence in sentences
    )


def _main_kind(title: list[Sentence]) -> Kind | None:
    """What the headline is about: what a bare number may lean on."""
    for sentence in title:
        for name, kind in (
            ("body_repatriation", Kind.BODY_REPATRIATION),
            ("prisoner_exchange", Kind.PRISONER_EXCHANGE),
            ("child", Kind.CHILD_RETURN),
        ):
            if sentence.has(f"kind.{name}"):
                return kind
    return None


def _statement(draft: Draft, sentence: Sentence, article: Article) -> Statement:
    start, end = sentence.span.start, sentence.span.end
    giver, receiver = draft.direction
    day_known = article.day is not None
    return Statement(
        kind=draft.kind,
        stage=draft.stage,
        categories=draft.categories,
        all_for_all=draft.all_for_all,
        from_party=giver,
        to_party=receiver,
        count_min=draft.low,
        count_max=draft.high,
        per_side=draft.per_side,
        scope=draft.scope,
        date_from=draft.first if day_known else None,
        date_to=draft.last if day_known else None,
        speaker=draft.speaker,
        quote=article.text[start:end],
        agreed_on=draft.agreed_on if day_known else None,
        agreed_at=draft.agreed_at,
        completes=draft.completes,
        denies=draft.denies,
        list_act=draft.list_act,
        from_list=draft.from_list,
        part=Part.TEXT,
        char_start=start,
        char_end=end,
        rule=draft.rule,
    )
