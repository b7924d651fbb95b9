"""Near-copies: the newsroom's known pairs and no others, in any order; and the store of bodies."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.intake.bodies import BodyError, BodyStore
from servanda.intake.copies import Text, find_copies, shingles, similarity
from tests.casebook import COPIES, ROOT


def newsroom():
    for path in sorted((ROOT / "newsroom/articles").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        yield Text(article_id=article["id"], published_at=datetime.fromisoformat(article["published"]), text=article["text"])


TEXTS = list(newsroom())


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_newsrooms_reprints_are_found_in_any_order(random):
    texts = random.sample(TEXTS[:30] + TEXTS[48:52], 34)
    known = {text.article_id for text in texts}
    found = {copy.article_id: copy.copy_of for copy in find_copies(texts) if copy.copy_of != copy.article_id}
    assert found == {copy: original for copy, original in COPIES.items() if copy in known and original in known}


def test_the_newsrooms_reprints_and_no_others():
    assert {c.article_id: c.copy_of for c in find_copies(TEXTS) if c.copy_of != c.article_id} == COPIES


def test_a_copy_of_a_copy_has_the_first_original():
    day = datetime(2025, 6, 1, tzinfo=UTC)
    words = [f"word{n}" for n in range(100)]
    texts = [
        Text(article_id=str(n), published_at=day + timedelta(days=n), text=" ".join(words[25 * n : 25 * n + 60]))
        for n in range(3)
    ]
    assert similarity(shingles(texts[0].text), shingles(texts[2].text)) < 0.2
    assert {copy.copy_of for copy in find_copies(texts)} == {"0"}


def test_texts_without_words_copy_nothing():
    day = datetime(2025, 6, 1, tzinfo=UTC)
    assert [c.copy_of for c in find_copies([Text(article_id=i, published_at=day, text="…") for i in "ab"])] == ["a", "b"]


def test_a_body_is_kept_once_and_read_back(tmp_path):
    store = BodyStore(tmp_path / "bodies")
    digest = store.keep(b"body")
    assert (store.keep(b"body"), store.read(digest)) == (digest, b"body")
    store.path_of(digest).write_bytes(store.path_of(store.keep(b"other")).read_bytes())
    with pytest.raises(BodyError, match="not what its name says"):
        store.read(digest)


def test_a_store_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BodyError, match="cannot be written"):
        BodyStore(tmp_path / "file" / "bodies").keep(b"body")
