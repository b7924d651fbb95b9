"""Why an article is read as it is: every number of every sentence has its verdict."""

from datetime import UTC, datetime

from servanda.model.article import Article
from servanda.model.vocabulary import Language
from servanda.reading.explained import explain
from servanda.reading.reader import read_statements
from tests.eval.scoring import labelled

FRIDAY = datetime(2025, 6, 20, 15, tzinfo=UTC)


def article(text):
    return Article(id="x", title="News", text=text, published=FRIDAY, language=Language.ENGLISH)


def test_a_sentence_tells_what_was_found_and_what_became_of_its_numbers():
    told = explain(article("Russia handed over 1,000 bodies on 19 June after 45 drones had struck Kyiv.")).sentences[0]
    assert ("noun.body", "bodies") in told.phrases
    assert dict(told.numbers) == {"1,000": "counts body", "19": "part of a date", "45": "counts something else"}
    verdicts = {verdict.subject: verdict for verdict in told.verdicts}
    assert verdicts["number 1000"].outcome == "taken as body_repatriation"
    assert verdicts["number 45"].outcome.startswith("not taken")
    assert all(weighed.reasons for weighed in verdicts["number 1000"].why)
    assert [s.count_min for s in told.statements] == [1000]


def test_an_article_without_our_words_says_that_the_gate_set_it_aside():
    explanation = explain(article("The committee approved a budget for libraries."))
    assert explanation.sentences == ()
    assert "gate" in (explanation.set_aside or "")


def test_explaining_changes_nothing_of_what_is_read():
    for item in labelled()[:12]:
        told = [statement for sentence in explain(item.article).sentences for statement in sentence.statements]
        assert set(told) == set(read_statements(item.article))
