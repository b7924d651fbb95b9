"""The reader's score on the newsroom, pinned: no later change lowers it unnoticed.

`floors.json` holds the corpus's digest and a floor for each score. After a change for the better, or of the corpus, renew it with
`python -m tests.eval.renew_floors` and look at the difference before it is committed.
"""

import json
from pathlib import Path

import pytest

from servanda.model.vocabulary import Part
from servanda.reading.reader import read_statements
from tests.eval.scoring import CORE, FULL, corpus_digest, field_accuracy, further, labelled, score, unseen
from training.corpus import digest, newsroom, written

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
CORPUS = labelled()


@pytest.fixture(scope="module")
def found():
    return {item.article.id: read_statements(item.article) for item in CORPUS}


def test_the_floors_are_of_this_corpus():
    assert corpus_digest() == FLOORS["corpus"], "articles or labels changed: renew the floors, and say so in the change"


@pytest.mark.parametrize("name", sorted(FLOORS["f1"]))
def test_the_score_keeps_its_floor(found, name):
    level, group, language = name.split(" | ")
    part = [item for item in CORPUS if language == "all" or item.article.language == language]
    assert score(found, part, CORE if level == "core" else FULL, group).f1 >= FLOORS["f1"][name] - 1e-9


@pytest.mark.parametrize("field", sorted(FLOORS["fields"]))
def test_the_fields_keep_their_floor(found, field):
    assert field_accuracy(found, CORPUS, field) >= FLOORS["fields"][field] - 1e-9


@pytest.mark.parametrize(("language", "wanted"), [("en", 0.75), ("uk", 0.6), ("ru", 0.6)])
def test_the_first_readers_bar_is_reached(found, language, wanted):
    part = [item for item in CORPUS if item.article.language == language]
    assert score(found, part, CORE, "humanitarian").f1 >= wanted


def test_every_quote_stands_to_the_letter_at_its_place(found):
    for item in CORPUS:
        for statement in found[item.article.id]:
            text = item.article.text if statement.part is Part.TEXT else item.article.title
            assert text[statement.char_start : statement.char_end] == statement.quote
            assert statement.rule


def test_articles_of_other_matters_yield_little(found):
    silent = [item for item in CORPUS if not item.gold]
    invented = {item.article.id: found[item.article.id] for item in silent if found[item.article.id]}
    assert len(invented) <= FLOORS["silent_articles_with_statements"], invented


BLIND = {"further": further, "unseen": unseen}


@pytest.mark.parametrize("name", sorted(BLIND))
def test_prose_that_nothing_was_made_from_keeps_its_floors(name):
    corpus, floors = BLIND[name](), FLOORS["blind"][name]
    assert digest(corpus) == floors["digest"], "articles or labels changed: renew the floors, and say so in the change"
    read = {item.article.id: read_statements(item.article) for item in corpus}
    for told, floor in floors.items():
        if " | " in told:
            level, group = told.split(" | ")
            assert score(read, corpus, CORE if level == "core" else FULL, group).f1 >= floor - 1e-9, told
    assert score(read, corpus, CORE, "humanitarian").precision >= floors["precision"] - 1e-9


def test_nothing_blind_is_among_what_is_trained_on():
    trained = {item.article.text for item in (*newsroom(), *written())}
    assert not [item.article.id for corpus in BLIND.values() for item in corpus() if item.article.text in trained]
