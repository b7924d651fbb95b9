"""The work of reading grows with the text and no faster: calls are counted, since times differ from machine to machine."""

import sys
from datetime import UTC, datetime

import pytest

from servanda.model.article import Article
from servanda.model.vocabulary import Language
from servanda.reading.reader import read_statements
from servanda.reading.sentences import sentence_spans

FRIDAY = datetime(2025, 6, 20, 15, tzinfo=UTC)


def calls(text):
    article = Article(id="x", title="Bodies", text=text, published=FRIDAY, language=Language.ENGLISH)
    read_statements(article)  # words are analysed once, and known from then on
    count = 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        read_statements(article)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "Russia handed over 1,000 bodies on Friday, Kyiv said.\n\n",
        "1,000 bodies handed over and ",
        '"1,000 prisoners", he said, ',
        "on 2 June and 3 June ",
        "(((,;:–",
        "x",
    ],
    ids=["paragraphs", "one sentence", "quotations", "days", "marks", "one word"],
)
def test_four_times_the_text_costs_at_most_some_four_times_the_work(unit):
    size = 6_000
    small, large = unit * (size // len(unit)), unit * (4 * size // len(unit))
    assert calls(large) <= 6 * calls(small) + 1_000


def test_a_sentence_too_long_for_prose_is_read_in_pieces_that_lose_no_word():
    text = "1,000 bodies were handed over and " * 200
    spans = list(sentence_spans(text, Language.ENGLISH))
    assert max(span.end - span.start for span in spans) <= 1_500
    assert " ".join(text[span.start : span.end] for span in spans).split() == text.split()


def test_a_word_without_an_end_is_cut_all_the_same():
    spans = sentence_spans("x" * 4_000, Language.ENGLISH)
    assert [(span.start, span.end) for span in spans] == [
        (0, 1_500),
        (1_500, 3_000),
        (3_000, 4_000),
    ]
