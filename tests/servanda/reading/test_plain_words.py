"""Plain words are read as they stand, whatever is usual: who gives, and who receives.

None of these sentences is trained on. A reader that learns from the news learns that thousands of bodies go one way and dozens
the other; a sentence that says the contrary must be read to the contrary.
"""

from datetime import UTC, datetime

import pytest

from servanda.model.article import Article
from servanda.model.vocabulary import Kind, Language
from servanda.reading.reader import read_statements

FRIDAY = datetime(2025, 6, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "giver"),
    [
        ("en", "Kyiv transferred 850 bodies to the Russian side on Tuesday.", "ukraine"),
        ("en", "Moscow delivered 30 bodies to the Ukrainian side on Tuesday.", "russia"),
        ("en", "The Russian side took in 2,500 bodies from Kyiv.", "ukraine"),
        ("en", "Ukraine repatriated the remains of 24 soldiers.", "russia"),
        ("uk", "Київ віддав росіянам 1500 тіл.", "ukraine"),
        ("uk", "Москва віддала українцям 25 тіл.", "russia"),
        ("uk", "Росія прийняла 1000 тіл полеглих.", "ukraine"),
        ("uk", "Україна прийняла 31 тіло.", "russia"),
        ("ru", "Киев отдал россиянам 1500 тел.", "ukraine"),
        ("ru", "Москва отдала украинцам 25 тел.", "russia"),
        ("ru", "Россия приняла 1000 тел погибших.", "ukraine"),
        ("ru", "Украина забрала 31 тело.", "russia"),
        ("ru", "Украинская сторона передала российской 900 тел.", "ukraine"),
    ],
)
def test_the_giver_is_whom_the_sentence_names(language, text, giver):
    article = Article(id="x", title="News", text=text, published=FRIDAY, language=Language(language))
    (told,) = [statement for statement in read_statements(article) if statement.kind is Kind.BODY_REPATRIATION]
    assert told.from_party == giver
    assert told.to_party == {"ukraine": "russia", "russia": "ukraine"}[giver]
