"""Who speaks: attributions by subject, by office, by pronoun; quotations over sentences; interviews."""

import pytest

from servanda.model.vocabulary import Alignment, Language, Speaker
from servanda.reading.lexicon import lexicon
from servanda.reading.quotation import quotations_of
from servanda.reading.sentence import Sentence
from servanda.reading.sentences import sentence_spans
from servanda.reading.text import plain
from servanda.reading.voices import voices_of


def voices(text, language="en", alignment=None):
    words = lexicon(Language(language))
    sentences = [Sentence(plain(text), span, words) for span in sentence_spans(plain(text), words.language)]
    return voices_of([], sentences, quotations_of(text), alignment)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "Ukraine took in 1,000 bodies, said Vladimir Medinsky.", ["russia"]),
        ("en", "Zelensky told Putin that it would happen.", ["ukraine"]),
        ("en", "Officials in Moscow said that 19 had been received.", ["russia"]),
        ("en", "According to the Coordination Headquarters, Russia gave 1,000 back.", ["ukraine"]),
        ("en", "Both governments said that 390 had come home.", ["ukraine", "russia"]),
        ("en", "The report on Russia was long.", []),
        ("uk", "Росія віддала 1000 тіл, повідомив Координаційний штаб.", ["ukraine"]),
        ("uk", "У Москві заявили, що Київ зірвав обмін.", ["russia"]),
        ("uk", "За даними Мединського, Україні віддали тисячу.", ["russia"]),
        ("ru", "Киев получил тысячу тел, сообщил Владимир Мединский.", ["russia"]),
        ("ru", "Передача тел, обещанная Москвой, не началась.", []),
        ("ru", "По данным Координационного штаба, Россия вернула тысячу.", ["ukraine"]),
    ],
)
def test_an_attribution_is_its_verbs_subject(language, text, said):
    assert [a.speaker for a in voices(text, language)[0].said] == said


def test_a_pronoun_is_whoever_spoke_before():
    _, second = voices("Medinsky said that 1,000 bodies were ready. He added that 19 had come back.")
    assert [a.speaker for a in second.said] == [Speaker.RUSSIA]


def test_whose_words_they_are_in_his_words_is_not_whoever_stands_behind():
    _, second = voices("Об этом сообщил Владимир Мединский. По его словам, Киев отказался.", "ru")
    assert [a.speaker for a in second.said] == [Speaker.RUSSIA]


def test_a_quotation_of_several_sentences_has_its_author_from_the_start():
    first, second = voices("“Our people are home. There will be more,” Zelensky said.")
    assert (first.quoted, first.how) == (Speaker.UKRAINE, "closed")
    assert second.quoted is Speaker.UKRAINE


def test_an_author_before_a_colon_needs_no_verb():
    first, second = voices("Песков в эфире: «Мы готовы. Дело за Киевом».", "ru")
    assert first.said == []
    assert second.quoted is Speaker.RUSSIA


def test_an_interview_is_answered_by_its_guest():
    text = "\n\n".join(
        [
            "When is the next swap?",
            "We do not know yet. Our lists are ready.",
            "How many are on them?",
            "We gave 500 names.",
            "And the bodies?",
            "Our side received 1,000.",
        ]
    )
    answers = voices(text, alignment=Alignment.UKRAINE)
    assert [voice.quoted for voice in answers] == [None, "ukraine", "ukraine", None, "ukraine", None, "ukraine"]


def test_an_unclosed_mark_ends_with_its_paragraph():
    quotations = quotations_of("He said: “It is done.\n\nNobody answered.")
    assert quotations.around(10) is not None
    assert quotations.around(26) is None
