"""A press of our own: generated stories in three languages, as pages of the size and shape that news sites send.

A story is a pure function of its number, so two presses of one size are the same. About one in twenty tells of the matter.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from html import escape

LANGUAGES = ("en", "uk", "ru")
FIRST_DAY = datetime(2026, 1, 1, 6, tzinfo=UTC)

_SYLLABLES = {
    "en": "ba,co,den,er,fal,gra,hol,in,jor,ket,lan,mer,nor,ost,pal,qui,ran,sel,tor,und,vel,wor,yar,zen",
    "uk": "ба,во,ге,дро,єв,жи,зо,іл,ка,лі,мо,на,ор,пе,ри,се,ту,ус,фа,хо,це,чи,ша,юн",
    "ru": "ба,во,ге,дро,ев,жи,зо,ил,ка,ли,мо,на,ор,пе,ры,се,ту,ус,фа,хо,це,чи,ша,юн",
}
_MATTER = {
    "en": (
        "Russia handed over the bodies of {n} fallen defenders to Ukraine on {day} {month}, the Coordination Headquarters said.",
        "Russia will hand over {n} bodies of fallen soldiers to Ukraine next week, Vladimir Medinsky said.",
        "Ukraine and Russia exchanged {n} prisoners of war each on {day} {month}, President Volodymyr Zelensky said.",
    ),
    "uk": (
        "Росія передала Україні тіла {n} полеглих захисників, повідомив {day} {month} Координаційний штаб.",
        "В Україну повернулися {n} військовополонених, повідомив {day} {month} Володимир Зеленський.",
    ),
    "ru": (
        "Россия передала Украине тела {n} погибших военнослужащих, сообщил {day} {month} Владимир Мединский.",
        "Из плена возвращены {n} российских военнослужащих, сообщило {day} {month} Минобороны.",
    ),
}
_MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
    "uk": "січня,лютого,березня,квітня,травня,червня,липня,серпня,вересня,жовтня,листопада,грудня",
    "ru": "января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря",
}


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its number, and what is told of it; ``path`` is where its page lies."""

    number: int
    language: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime

    @property
    def path(self) -> str:
        """The page's path."""
        return f"/{self.language}/{self.published:%Y/%m}/story-{self.number}.html"


def story(number: int, matter: int = 20) -> Story:
    """The story of a number; one in ``matter`` tells of the matter."""
    draw = random.Random(number)  # noqa: S311
    language = LANGUAGES[number % len(LANGUAGES)]
    published = FIRST_DAY + timedelta(minutes=37 * number % 120_000)
    paragraphs = [_paragraph(draw, language) for _ in range(draw.randint(8, 16))]
    if number % matter < 1:
        said = _MATTER[language][number // matter % len(_MATTER[language])]
        day, month = published.day, _MONTHS[language].split(",")[published.month - 1]
        paragraphs.insert(1, said.format(n=draw.randint(10, 1200), day=day, month=month))
    return Story(number, language, _sentence(draw, language, 6).rstrip("."), tuple(paragraphs), published)


def page(told: Story, base: str) -> bytes:
    """The story's page: 30 to 60 KB, most of it what stands around a text."""
    draw = random.Random(-told.number)  # noqa: S311
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in told.paragraphs)
    aside = "\n".join(
        f'<li class="teaser-item"><a href="{base}/{told.language}/section-{draw.randint(1, 40)}/{n}.html" data-track="side:{n}">'
        f'<img src="/media/{draw.getrandbits(64):016x}.jpg" width="120" height="80" alt=""><span>{title}</span></a></li>'
        for n, title in enumerate(_around(told.language)[0])
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{told.language}"><head><meta charset="utf-8"><title>{escape(told.title)}</title>\n'
        f'<link rel="canonical" href="{base}{told.path}">\n'
        f'<meta property="og:title" content="{escape(told.title)}"><meta property="og:type" content="article">\n'
        f'<meta property="article:published_time" content="{told.published.isoformat()}">\n'
        f"{_around(told.language)[1]}</head><body>{_around(told.language)[2]}\n"
        f'<main><article class="post"><h1>{escape(told.title)}</h1><div class="post__text">{text}</div></article></main>\n'
        f'<aside class="sidebar"><ul>{aside}</ul></aside>{_around(told.language)[3]}</body></html>'
    ).encode()


def feed(told: list[Story], base: str, title: str, tail: str = "") -> bytes:
    """A feed of stories; ``tail`` is put behind each address, as trackers do."""
    entries = "".join(
        f"<item><title>{escape(one.title)}</title><link>{base}{one.path}{escape(tail)}</link>"
        f'<guid isPermaLink="false">{one.number}</guid><pubDate>{format_datetime(one.published)}</pubDate>'
        f"<description>{escape(one.paragraphs[0][:200])}</description></item>\n"
        for one in told
    )
    head = f"<?xml version='1.0' encoding='utf-8'?>\n<rss version='2.0'><channel><title>{title}</title><link>{base}</link>"
    return f"{head}\n{entries}</channel></rss>".encode()


def _word(draw: random.Random, language: str) -> str:
    return "".join(draw.choices(_SYLLABLES[language].split(","), k=draw.randint(1, 4)))


def _sentence(draw: random.Random, language: str, words: int) -> str:
    return (" ".join(_word(draw, language) for _ in range(words)) + ".").capitalize()


def _paragraph(draw: random.Random, language: str) -> str:
    return " ".join(_sentence(draw, language, draw.randint(8, 20)) for _ in range(draw.randint(2, 5)))


@lru_cache
def _around(language: str) -> tuple[tuple[str, ...], str, str, str]:
    """What stands around every text of a site: teasers, head, menus and foot."""
    draw = random.Random(language)  # noqa: S311
    teasers = tuple(_sentence(draw, language, 9) for _ in range(24))
    style = "".join(f".c{n}-{draw.getrandbits(24):06x}{{margin:{n}px;color:#{draw.getrandbits(24):06x}}}\n" for n in range(160))
    script = "".join(f'window.__q=window.__q||[];window.__q.push(["{draw.getrandbits(64):016x}",{n}]);\n' for n in range(90))
    menu = "".join(f'<li class="menu__item"><a href="/section-{n}">{_word(draw, language)}</a></li>\n' for n in range(60))
    foot = "".join(f'<div class="foot__cell"><a href="/about/{n}">{_word(draw, language)}</a></div>\n' for n in range(40))
    return teasers, f"<style>{style}</style><script>{script}</script>", f"<nav><ul>{menu}</ul></nav>", f"<footer>{foot}</footer>"
