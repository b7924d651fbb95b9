"""The pages' texts: an article is the text of an item's page, and a changed text is a new version beside the old one."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import dagster as dg

from assets.article_rows import Candidate, article_id_of, language_of, published_of
from assets.pages import told
from assets.rows import Row, frame_of
from assets.told import OWNERS, POOL, STATES_BY_SOURCE, columns_of, outcome
from servanda.intake.bodies import BodyError, BodyStore
from servanda.intake.decision import decide_unreadable
from servanda.intake.extraction import Extracted, Page, extractors
from servanda.intake.identity import text_hash
from servanda.intake.versions import is_stub
from servanda.model.source import Configuration
from servanda.model.vocabulary import Extraction, ItemState
from warehouse.database import Session, Warehouse

BATCH = 200
WORKERS = min(4, os.cpu_count() or 1)

UNEXTRACTED = """
WITH
stored AS (SELECT item_id, arg_max(article_id, (extracted_at, page_id)) AS article_id, max(extracted_at) AS stored_at
    FROM extractions WHERE article_id IS NOT NULL GROUP BY item_id),
tries AS (SELECT a.item_id, count(a.fetch_id) AS tries FROM attempts a LEFT JOIN stored s USING (item_id)
    WHERE s.stored_at IS NULL OR a.attempted_at > s.stored_at GROUP BY a.item_id),
numbered AS (SELECT *, row_number() OVER (PARTITION BY item_id ORDER BY fetched_at DESC, page_id) = 1 AS newest FROM pages)
SELECT p.page_id, p.item_id, p.url, p.body_hash, p.content_type, p.fetched_at, i.source_id, i.title,
    i.published_at, i.first_seen_at, s.language, coalesce(t.tries, 1) AS tries, e.article_id, p.newest
FROM numbered p ANTI JOIN extractions x ON x.page_id = p.page_id
JOIN items i ON i.item_id = p.item_id JOIN sources s ON s.source_id = i.source_id
LEFT JOIN tries t ON t.item_id = p.item_id LEFT JOIN stored e ON e.item_id = p.item_id
ORDER BY p.fetched_at, p.page_id
"""
"""The pages that wait, and whether each is its item's newest: a body that is lost is no loss once a newer page came."""

LATEST = """
SELECT article_id, version, text_hash, item_id, extraction, length(text) AS length FROM articles
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
"""


@dg.asset(
    deps=["pages"],
    group_name="intake",
    owners=OWNERS,
    kinds={"html", "python", "duckdb"},
    pool=POOL,
    metadata=columns_of("articles"),
    description="The texts of the pages, a row a version, with title, language, time of publication and whence that is known.",
)
def articles(
    warehouse: dg.ResourceParam[Warehouse],
    bodies: dg.ResourceParam[BodyStore],
    configuration: dg.ResourceParam[Configuration],
) -> dg.MaterializeResult[None]:
    """Extract the pages that were not extracted yet."""
    now = datetime.now(UTC)
    with warehouse.open() as session:
        desk = Desk(configuration, now, _latest(session), _texts(session))
        waiting = [Candidate(*row) for row in session.frame(UNEXTRACTED).iter_rows()]
        seconds, megabytes = configuration.network.extraction_seconds, configuration.network.extraction_megabytes
        with extractors(WORKERS, seconds, megabytes) as workers:
            for start in range(0, len(waiting), BATCH):
                present, pages = _readable(waiting[start : start + BATCH], bodies, desk.failed)
                for candidate, extracted in zip(present, workers.do_all(pages, seconds), strict=True):
                    desk.take(candidate, extracted)
                desk.write(session)
        return outcome(
            session,
            "articles",
            new=desk.new,
            sample=("source_id", "title", "language", "published_at", "version"),
            failed=sorted(desk.failed),
            noted=desk.noted,
            by_source=STATES_BY_SOURCE,
        )


@dataclass(frozen=True, slots=True)
class Version:
    """The latest version of an article, and the item that it came from."""

    number: int
    text_hash: str
    item_id: str
    extraction: str
    length: int
    """Of the text, in characters."""


@dataclass(slots=True)
class Desk:
    """Makes rows of what extraction found."""

    configuration: Configuration
    now: datetime
    latest: dict[str, Version]
    texts: Callable[[str, int], str]
    """The stored text of an article's version."""
    failed: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    new: dict[str, int] = field(default_factory=lambda: {"articles": 0, "extractions": 0})
    _rows: dict[str, list[Row]] = field(default_factory=lambda: {"articles": [], "extractions": []})
    _articles: dict[str, str] = field(default_factory=dict)
    """The article of each item that got its first one in this run."""

    def take(self, candidate: Candidate, extracted: Extracted) -> None:
        """Store a text as an article's version, or decide what becomes of the item without one."""
        stub = self._stub(candidate, extracted)
        if stub or not extracted.text:
            self._refuse(candidate, replace(extracted, extraction=Extraction.FAILED, reason=stub) if stub else extracted)
            return
        article, version, reason = self._place(candidate, extracted)
        self._rows["extractions"].append(
            {
                **self._extraction(candidate, extracted),
                "state": ItemState.STORED.value,
                "reason": reason,
                "next_try_at": None,
                "article_id": article,
                "version": version,
            }
        )
        if reason:
            self.noted.append(f"source {candidate.source_id}: {candidate.url}: {reason}")

    def write(self, session: Session) -> None:
        """Write what was collected, in one transaction."""
        with session.transaction():
            for table, rows in self._rows.items():
                self.new[table] += session.append(table, frame_of(table, rows))
        for rows in self._rows.values():
            rows.clear()

    def _stub(self, candidate: Candidate, extracted: Extracted) -> str:
        """Why a text is no correction of its item's stored one, but a wall or a notice in its place; empty if it is one."""
        article = candidate.article_id or self._articles.get(candidate.item_id)
        known = self.latest.get(article) if article else None
        if article is None or known is None or not extracted.text:
            return ""
        if not is_stub(extracted.text, known.length, lambda: self.texts(article, known.number)):
            return ""
        return (
            f"its text has {len(extracted.text):,} characters, where the stored one has {known.length:,}: "
            "a wall or a notice, not a correction; the stored version stays"
        )

    def _place(self, candidate: Candidate, extracted: Extracted) -> tuple[str, int, str]:
        """The article and version of a text, a new one if it changed; and what is to be told of it, if anything."""
        digest = text_hash(extracted.text)
        earlier = candidate.article_id or self._articles.get(candidate.item_id)
        article = earlier or article_id_of(candidate, extracted, lambda named: self._holder(named, digest))
        known = self.latest.get(article)
        self._articles[candidate.item_id] = article
        if known and known.text_hash == digest:
            return article, known.number, extracted.reason
        if known and (kept := self._less_whole(known, extracted)):
            return article, known.number, kept
        version = known.number + 1 if known else 1
        self.latest[article] = Version(version, digest, candidate.item_id, extracted.extraction.value, len(extracted.text))
        published, published_by = published_of(candidate, extracted)
        self._rows["articles"].append(
            {
                "article_id": article,
                "version": version,
                "source_id": candidate.source_id,
                "item_id": candidate.item_id,
                "page_id": candidate.page_id,
                "url": candidate.url,
                "title": extracted.title or candidate.title,
                "text": extracted.text,
                "text_hash": digest,
                "body_hash": candidate.body_hash,
                "published_at": published,
                "published_by": published_by,
                "language": language_of(candidate, extracted),
                "author": extracted.author,
                "encoding": extracted.encoding,
                "extraction": extracted.extraction.value,
                "doubtful": extracted.doubtful,
                "first_seen_at": candidate.fetched_at,
            }
        )
        return article, version, extracted.reason

    @staticmethod
    def _less_whole(known: Version, extracted: Extracted) -> str:
        """Why a changed text is no new version: it was cut, where the stored one is whole. Empty if it is one."""
        if extracted.extraction is Extraction.CUT and known.extraction == Extraction.WHOLE.value:
            return f"{extracted.reason}; the whole text that is stored stands"
        return ""

    def _refuse(self, candidate: Candidate, extracted: Extracted) -> None:
        decision = decide_unreadable(
            candidate.url,
            extracted.reason,
            tries_before=max(0, candidate.tries - 1),
            now=self.now,
            network=self.configuration.network,
        )
        self._rows["extractions"].append(
            {
                **self._extraction(candidate, extracted),
                "state": decision.outcome.value,
                "reason": decision.reason,
                "next_try_at": decision.next_try_at,
                "article_id": None,
                "version": None,
            }
        )
        self.failed.append(f"source {candidate.source_id}: {candidate.url}: {told(decision)}")

    def _extraction(self, candidate: Candidate, extracted: Extracted) -> Row:
        return {
            "page_id": candidate.page_id,
            "item_id": candidate.item_id,
            "extracted_at": self.now,
            "extraction": extracted.extraction.value,
        }

    def _holder(self, article: str, digest: str) -> str | None:
        """The item of an article whose present text is another one."""
        known = self.latest.get(article)
        return known.item_id if known and known.text_hash != digest else None


def _latest(session: Session) -> dict[str, Version]:
    return {article: Version(*rest) for article, *rest in session.frame(LATEST).iter_rows()}


def _texts(session: Session) -> Callable[[str, int], str]:
    def text(article: str, version: int) -> str:
        found = session.rows("SELECT text FROM articles WHERE article_id = ? AND version = ?", article, version)
        return str(found[0][0]) if found else ""

    return text


def _readable(batch: Sequence[Candidate], bodies: BodyStore, failed: list[str]) -> tuple[list[Candidate], list[Page]]:
    """The candidates whose bodies can be read, and their pages."""
    present: list[Candidate] = []
    pages: list[Page] = []
    for candidate in batch:
        try:
            body = bodies.read(candidate.body_hash)
        except BodyError as error:
            if candidate.newest:
                failed.append(f"source {candidate.source_id}: {candidate.url}: {error}; the next run fetches the page again")
            continue
        present.append(candidate)
        pages.append(Page(body=body, content_type=candidate.content_type, url=candidate.url))
    return present, pages
