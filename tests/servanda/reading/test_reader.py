"""What a sentence states, in three languages: kind, stage, number, direction, day and speaker."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.model.article import Article
from servanda.model.vocabulary import Kind, Language, Stage
from servanda.reading.language import language_of
from servanda.reading.reader import read_statements

MONDAY = datetime.fromisoformat("2025-06-16T12:00:00+03:00")


def read(text, language="en", title=""):
    return read_statements(Article(id="a", title=title, text=text, published=MONDAY, language=Language(language)))


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "Russia handed over the bodies of 1,200 soldiers on Friday.",
            "body_repatriation performed 1200 russia ukraine 2025-06-13",
        ),
        (
            "en",
            "Ukraine received 1,212 bodies, its Coordination Headquarters said.",
            "body_repatriation performed 1212 russia ukraine 2025-06-16",
        ),
        ("en", "The two sides exchanged 84 prisoners each on 14 June.", "prisoner_exchange performed 84 both both 2025-06-14"),
        ("en", "Russia and Ukraine agreed to exchange 1,000 prisoners each.", "prisoner_exchange promised 1000 both both None"),
        (
            "en",
            "Moscow is ready to hand over another 3,000 bodies, Putin said.",
            "body_repatriation proposed 3000 russia ukraine None",
        ),
        (
            "en",
            "Seven children were returned to Ukraine from Russia on Sunday.",
            "child_return performed 7 russia ukraine 2025-06-15",
        ),
        ("en", "Kyiv proposed a 30-day ceasefire.", "ceasefire proposed 30 both None None"),
        ("en", "Moscow rejected a 30-day ceasefire.", "ceasefire refused 30 russia None None"),
        ("uk", "В Україну повернули тіла 1212 загиблих.", "body_repatriation performed 1212 russia ukraine 2025-06-16"),
        ("uk", "Росія передала Україні 1200 тіл у п’ятницю.", "body_repatriation performed 1200 russia ukraine 2025-06-13"),
        ("uk", "З російського полону звільнено 390 українців.", "prisoner_exchange performed 390 russia ukraine 2025-06-16"),
        ("uk", "Сторони домовилися обміняти по 1200 полонених.", "prisoner_exchange promised 1200 both both None"),
        (
            "ru",
            "Россия передала Украине 1000 тел погибших, сообщил Мединский.",
            "body_repatriation performed 1000 russia ukraine 2025-06-16",
        ),
        ("ru", "Из украинского плена вернулись 303 военнослужащих.", "prisoner_exchange performed 303 ukraine russia 2025-06-16"),
        ("ru", "Россия готова передать Украине ещё 3 тысячи тел.", "body_repatriation proposed 3000 russia ukraine None"),
        ("ru", "Стороны обменялись пленными по формуле «84 на 84».", "prisoner_exchange performed 84 both both 2025-06-16"),
    ],
)
def test_a_sentence_states(language, text, wanted):
    found = [
        f"{s.kind} {s.stage} {s.count_min} {s.from_party} {s.to_party} {s.date_from.isoformat() if s.date_from else None}"
        for s in read(text, language)
    ]
    assert wanted in found


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Russia handed over 1,200 bodies, the Coordination Headquarters said.", "ukraine"),
        ("en", "Russia handed over 1,200 bodies, Vladimir Medinsky wrote.", "russia"),
        ("en", "According to the Turkish foreign minister, 1,200 bodies were handed over to Ukraine.", "mediator"),
        ("en", "Russia handed over 1,200 bodies on Friday.", None),
        ("uk", "Україна прийняла тіла 1212 загиблих, повідомив Координаційний штаб.", "ukraine"),
        ("uk", "За даними Міноборони РФ, до Росії повернулися 270 полонених.", "russia"),
        ("ru", "Украине передали 1000 тел, сообщил Владимир Мединский.", "russia"),
        ("ru", "По словам Зеленского, домой вернулись 300 пленных.", "ukraine"),
    ],
)
def test_whose_word_it_is(language, text, speaker):
    assert [s.speaker for s in read(text, language) if s.count_min] == [speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At least 15 people were killed in the attack on Kyiv, the mayor said."),
        ("en", "Russia fired 250 drones and 14 missiles at Ukraine overnight."),
        ("en", "Houthis and the government of Yemen agreed to exchange 2,900 prisoners."),
        ("en", "The EU adopted its 18th package of sanctions against Russia."),
        ("uk", "Унаслідок атаки на Київ загинуло 28 людей."),
        ("ru", "Силы ПВО сбили 94 беспилотника над Россией."),
    ],
)
def test_other_matters_yield_nothing(language, text):
    assert read(text, language) == ()


def test_an_identical_number_by_another_speaker_is_a_second_account():
    text = "Ukraine received 1,200 bodies on Sunday, its Coordination Headquarters said. "
    text += "Russia's Defence Ministry gave an identical number."
    assert [(s.count_min, s.speaker) for s in read(text)] == [(1200, "ukraine"), (1200, "russia")]


def test_parts_of_a_total_are_no_statements_of_their_own():
    assert [s.count_min for s in read("Russia freed 390 people, 120 of them civilians, on Friday.") if s.count_min] == [390]


def test_what_is_promised_was_agreed_at_the_round_that_the_article_tells_of():
    text = "A round of talks between Russia and Ukraine was held in Istanbul on Monday. "
    text += "The sides agreed to exchange 6,000 bodies each."
    promise = next(s for s in read(text) if s.stage is Stage.PROMISED and s.kind is Kind.BODY_REPATRIATION)
    assert (promise.agreed_on, promise.agreed_at) == (MONDAY.date(), "Istanbul")


def test_obfuscated_letters_are_read():
    latin = "Росія передала Україні 1200 тіл.".replace("е", "e").replace("о", "o")
    assert [s.count_min for s in read(latin, "uk")] == [1200]


def test_an_article_without_a_day_has_no_days():
    found = read_statements(
        Article(id="a", title="", text="Russia handed over 1,200 bodies on Friday.", published=None, language=None)
    )
    assert [(s.count_min, s.date_from, s.date_to) for s in found] == [(1200, None, None)]


@pytest.mark.parametrize(
    ("text", "language"), [("Bodies were returned", "en"), ("Тіла повернули їм", "uk"), ("Тела вернули, это всё", "ru")]
)
def test_the_language_is_found_by_letters(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Украина передала России список 339 детей.", "ru"),
        ("Москва передала 1200 тел, а Киев 27.", "ru"),
        ("Кремль промовчав, а Москва передала 1200 тел.", "uk"),
        ("Верховна Рада", "uk"),
    ],
)
def test_where_the_letters_leave_it_open_the_words_decide(text, language):
    assert not set("іїєґыэъё") & set(text.lower())
    assert language_of(text) == language


WORDS = [
    "bodies",
    "1,000",
    "prisoners",
    "тіл",
    "обмен",
    "по",
    "на",
    "«",
    "»",
    "—",
    "each",
    "6 тыс.",
    "said",
    "\n",
    ",",
    "May",
    "16",
    "не",
    "\u00ad",
    "'",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=200), st.sampled_from(list(Language)))
def test_no_text_raises_and_every_quote_stands_at_its_place(text, language):
    for statement in read_statements(Article(id="a", title=text[:50], text=text, published=MONDAY, language=language)):
        assert text[statement.char_start : statement.char_end] == statement.quote
        assert statement.count_min is None or statement.count_max is None or statement.count_min <= statement.count_max
        assert statement.date_from is None or statement.date_to is None or statement.date_from <= statement.date_to


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine gave Russia a list of 339 children."),
        ("uk", "Україна передала росіянам список із 339 дітей."),
        ("ru", "Украина передала российской стороне список из 339 детей."),
    ],
)
def test_a_list_of_children_is_no_return(language, text):
    (told,) = read(text, language)
    assert (told.kind, told.stage, told.count_min) == (Kind.CHILD_LIST, Stage.PERFORMED, 339)
    assert (told.from_party, told.to_party) == ("ukraine", "russia")
    assert (told.date_from, told.date_to) == (None, None)
