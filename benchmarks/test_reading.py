"""What reading costs, as ratios against a reference in the same run: `make bench`.

The references are what anybody would write first: the gate's stems as one compiled alternation, a split at every space and mark,
and the same text once. A ratio holds on any machine; a time does not.
"""

import re
from collections.abc import Callable, Iterator
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from servanda.model.article import Article
from servanda.reading import relevance
from servanda.reading.reader import read_statements
from servanda.reading.relevance import relevant
from training.corpus import newsroom

_KILOBYTES = 3_000
_IRRELEVANT = {
    "en": "The committee approved a budget for libraries and parks on Thursday after a long debate about costs. ",
    "uk": "Ціни на пальне зросли на три відсотки, а виробники очікують подальшого подорожчання сировини восени. ",
    "ru": "Сборная сыграла вничью: судья показал две карточки, а нападающий промахнулся на последней минуте. ",
}
_UNITS = ("1,000 bodies ", "and ", '"he said, ', "on 2 June ", "from ", "обмін ", "(", "each ")


def _long(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


@pytest.mark.parametrize("language", sorted(_IRRELEVANT))
def test_gate(benchmark: BenchmarkFixture, language: str) -> None:
    """Articles of 3 kB without any relevant word, set aside; against one compiled alternation of the same stems."""
    text = _long(_IRRELEVANT[language], _KILOBYTES)
    stems = " ".join((relevance._ENGLISH, relevance._UKRAINIAN, relevance._RUSSIAN)).split()
    alternation = re.compile("|".join(map(re.escape, stems)), re.IGNORECASE)
    benchmark.extra_info["set aside"] = not benchmark(relevant, text)
    reference = _best(lambda: alternation.search(text))
    benchmark.extra_info["articles a second"] = round(1 / _fastest(benchmark))
    benchmark.extra_info["times as fast as an alternation"] = round(reference / _fastest(benchmark), 1)


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_relevant_article(benchmark: BenchmarkFixture, language: str) -> None:
    """The newsroom's articles of a language, read; in milliseconds for 3 kB of text (UTF-8), and for an article."""
    articles = [item.article for item in newsroom() if item.article.language == language]
    size = sum(len(f"{a.title}\n{a.text}".encode()) for a in articles)

    def read_all() -> int:
        return sum(len(read_statements(article)) for article in articles)

    read_all()  # words are looked up once, and known from then on
    found = benchmark(read_all)
    spent = _fastest(benchmark)
    reference = _best(lambda: [re.findall(r"\w+|[^\w\s]", article.text) for article in articles])
    benchmark.extra_info["ms for 3 kB"] = round(spent / size * _KILOBYTES * 1_000, 2)
    benchmark.extra_info["ms for a statement"] = round(spent / found * 1_000, 2)
    benchmark.extra_info["times a split into words"] = round(spent / reference, 1)


def _texts() -> Iterator[tuple[str, str]]:
    yield "prose", "\n\n".join(item.article.text for item in newsroom()[:6])
    for unit in _UNITS:
        yield f"only {unit.strip()!r}", unit * 200


@pytest.mark.parametrize(("name", "text"), list(_texts()), ids=[name for name, _ in _texts()])
def test_growth(benchmark: BenchmarkFixture, name: str, text: str) -> None:
    """Twice the text, over the text: 2 is linear."""
    del name
    size = 15_000
    once, twice = _long(text, size), _long(text, 2 * size)
    once_best = _best(lambda: _read(once), rounds=2)
    benchmark(_read, twice)
    benchmark.extra_info["twice the text, times the cost"] = round(_fastest(benchmark) / once_best, 2)


def _read(text: str) -> None:
    read_statements(Article(id="x", title="Bodies", text=text, published=None))


def _fastest(benchmark: BenchmarkFixture) -> float:
    """Seconds of the fastest round."""
    return float(benchmark.stats.stats.min) if benchmark.stats is not None else float("nan")


def _best(call: Callable[[], object], rounds: int = 5) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = perf_counter()
        call()
        best = min(best, perf_counter() - started)
    return best
