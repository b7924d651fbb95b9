"""Where sentences end: abbreviations, initials, quotations, semicolons; no character is lost on the way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.vocabulary import Language
from servanda.reading.sentences import sentence_spans
from servanda.reading.text import plain


def sentences(text, language):
    return [text[span.start : span.end] for span in sentence_spans(plain(text), Language(language))]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["They came on Jan. 23.", "Nobody waited."]),
        ("en", ["The U.S. envoy spoke at 5 p.m. on Friday.", "He left."]),
        ("en", ["“We were in the corridor.", "The windows went first,” said Anna."]),
        ("en", ["She spoke first; he did not.", "Then both left."]),
        ("en", ["Mr. Lubinets met Ms. Moskalkova.", "They talked."]),
        ("en", ["It was Russia’s.", "A further thousand followed."]),
        ("uk", ["Зустріч відбулася 24 серп. 2025 р. у Стамбулі.", "Потім роз’їхалися."]),
        ("uk", ["В. О. Зеленський виступив.", "Йшлося про обмін."]),
        ("uk", ["«Йому було двадцять.", "Я не одразу впізнала голос», — сказала сестра."]),
        ("ru", ["Киев забрал 3 612 тел.", "Это больше половины."]),
        ("ru", ["Передано 1,2 тыс. тел и 5 млн. руб. помощи.", "Вот и всё."]),
        ("ru", ["Об этом сообщил А. С. Зорин.", "Он не уточнил."]),
    ],
)
def test_a_paragraph_in_sentences(language, wanted):
    assert sentences(" ".join(wanted), language) == wanted


@given(st.text(alphabet="аб Aв.!?«»“”\"'—\n 12;,", max_size=300), st.sampled_from(["en", "uk", "ru"]))
def test_spans_are_in_order_and_lose_nothing_but_spaces(text, language):
    spans = list(sentence_spans(plain(text), Language(language)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.start < span.end for span in spans)
    assert "".join(text[span.start : span.end] for span in spans).split() == text.split() or "".join(
        "".join(text[span.start : span.end] for span in spans).split()
    ) == "".join(text.split())
