"""Words that the newsroom itself needs in three languages: the sample notice, dates, and an article's first sentence."""

from datetime import datetime

import sentencex

NOTICES = {
    "en": "Sample: invented wording. Do not cite.",
    "uk": "Зразок: текст вигаданий. Не цитувати.",
    "ru": "Образец: текст вымышлен. Не цитировать.",
}

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


def long_date(moment: datetime, language: str) -> str:
    """The day as the language writes it, in the moment's own offset: `16 May 2025`, `16 травня 2025`, `16 мая 2025`."""
    return f"{moment.day} {_MONTHS[language].split()[moment.month - 1]} {moment.year}"


def first_sentence(text: str, language: str) -> str:
    """The first sentence to the letter (of the first paragraph): what a feed gives as an article's summary."""
    paragraph = text.split("\n\n", 1)[0]
    return paragraph[: int(sentencex.get_sentence_boundaries(language, paragraph)[0]["end_index"])].rstrip()
