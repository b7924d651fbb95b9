"""The gate: nothing that is labelled is set aside, whatever its letters; what is of other matters is."""

import pytest

from servanda.reading.relevance import relevant
from tests.eval.scoring import further, labelled, unseen
from training.corpus import written

_HOMOGLYPHS = str.maketrans("аеоіс", "aeoic")


@pytest.mark.parametrize("corpus", [labelled, further, unseen, written])
def test_no_labelled_article_is_set_aside(corpus):
    lost = [item.article.id for item in corpus() if item.gold and not relevant(f"{item.article.title}\n{item.article.text}")]
    assert lost == []


def test_letters_of_another_alphabet_do_not_hide_a_word():
    assert relevant("Сторони провели обмін".translate(_HOMOGLYPHS))
    assert relevant("пере\u00adмир\u00adʼя")


@pytest.mark.parametrize(
    "text",
    [
        "The committee approved a budget for libraries and parks.",
        "Сборная сыграла вничью: судья показал две карточки.",
        "Ціни на пальне зросли на три відсотки.",
    ],
)
def test_other_matters_are_set_aside(text):
    assert not relevant(text)
