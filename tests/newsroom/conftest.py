from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from newsroom.corpus import Corpus, load_corpus
from newsroom.serve import Sample, sample


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder: Path = tmp_path_factory.mktemp("newsroom")
    with sample(folder, port=0) as running:
        yield running


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with httpx.Client() as client:  # one for all: each new one loads the certificates anew
        yield client
