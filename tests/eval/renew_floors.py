"""Writes `floors.json` anew from what the reader does now; look at the difference before it is committed."""

import json
from pathlib import Path

from servanda.reading.reader import read_statements
from tests.eval.scoring import CORE, FULL, GROUPS, corpus_digest, field_accuracy, further, labelled, score, unseen
from training.corpus import Labelled, digest

FIELDS = ("from_party", "to_party", "scope", "date_from", "date_to", "speaker", "categories", "all_for_all", "per_side")


def main() -> None:
    corpus = labelled()
    found = {item.article.id: read_statements(item.article) for item in corpus}
    f1 = {}
    for level, fields in (("core", CORE), ("full", FULL)):
        for group in GROUPS:
            for language in ("all", "en", "ru", "uk"):
                part = [item for item in corpus if language == "all" or item.article.language == language]
                f1[f"{level} | {group} | {language}"] = round(score(found, part, fields, group).f1 - 5e-5, 4)
    blind = {"further": further(), "unseen": unseen()}
    floors = {
        "corpus": corpus_digest(),
        "f1": f1,
        "fields": {field: round(field_accuracy(found, corpus, field) - 5e-5, 4) for field in FIELDS},
        "blind": {name: _blind(corpus) for name, corpus in blind.items()},
        "silent_articles_with_statements": sum(bool(found[item.article.id]) for item in corpus if not item.gold),
    }
    Path(__file__).with_name("floors.json").write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def _blind(corpus: list[Labelled]) -> dict[str, object]:
    """The scores on articles from which neither rules nor weights were made, and the digest of the articles."""
    found = {item.article.id: read_statements(item.article) for item in corpus}
    scores: dict[str, object] = {"digest": digest(corpus)}
    for level, fields in (("core", CORE), ("full", FULL)):
        for group in GROUPS:
            scores[f"{level} | {group}"] = round(score(found, corpus, fields, group).f1 - 5e-5, 4)
    scores["precision"] = round(score(found, corpus, CORE, "humanitarian").precision - 5e-5, 4)
    return scores


if __name__ == "__main__":
    main()
