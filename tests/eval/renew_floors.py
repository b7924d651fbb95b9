"""Writes `floors.json` anew from what the reader does now; look at the difference before it is committed."""

import json
from pathlib import Path

from servanda.reading.reader import read_statements
from tests.eval.scoring import CORE, FULL, GROUPS, corpus_digest, field_accuracy, further, labelled, score

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
    blind = further()
    unseen = score({item.article.id: read_statements(item.article) for item in blind}, blind, CORE, "humanitarian")
    floors = {
        "corpus": corpus_digest(),
        "f1": f1,
        "fields": {field: round(field_accuracy(found, corpus, field) - 5e-5, 4) for field in FIELDS},
        "further": {"core | humanitarian": round(unseen.f1 - 5e-5, 4), "precision": round(unseen.precision - 5e-5, 4)},
        "silent_articles_with_statements": sum(bool(found[item.article.id]) for item in corpus if not item.gold),
    }
    Path(__file__).with_name("floors.json").write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
