"""How the tests of the client ask for a page."""

from servanda.intake.client import Client, Fetched
from servanda.model.vocabulary import Purpose


def page(client: Client, url: str) -> Fetched:
    return client.fetch(url, purpose=Purpose.PAGE)
