"""`servanda read --explain`: why an article is read as it is, sentence by sentence."""

from rich.text import Text

from pipelines.terminal import output, text
from servanda.model.article import Article
from servanda.publication import words
from servanda.reading.explained import ExplainedSentence, explain


def show_explanation(article: Article) -> None:
    """Print for each sentence what was found in it, and why each number was taken or not."""
    console = output()
    console.print(text(" ".join(part for part in (article.id, article.title) if part), "bold"))
    explanation = explain(article)
    if explanation.set_aside is not None:
        console.print(text(f"Nothing was read: {explanation.set_aside}."))
        return
    for sentence in explanation.sentences:
        console.print()
        console.print(Text.assemble("» ", text(sentence.text)))
        for line in _lines(sentence):
            console.print(Text("  ") + text(line))


def _lines(sentence: ExplainedSentence) -> list[str]:
    lines = []
    if sentence.phrases:
        lines.append("found: " + "; ".join(f"{name} “{said}”" for name, said in sentence.phrases))
    if sentence.days:
        lines.append("days: " + "; ".join(sentence.days))
    lines.extend(f"number “{said}”: {meaning}" for said, meaning in sentence.numbers)
    for verdict in sentence.verdicts:
        lines.append(f"{verdict.subject}: {verdict.outcome}")
        for one in verdict.why:
            reasons = ", ".join(f"{feature} {weight:+.2f}" for feature, weight in one.reasons)
            lines.append(f"    {one.decision} = {one.chosen} ({one.score:+.2f}) because {reasons}")
    for statement in sentence.statements:
        number = words.counted(statement.kind, statement.count_min, statement.count_max)
        told = " ".join(part for part in (statement.kind, statement.stage, number or "") if part)
        lines.append(f"=> {told}, by {statement.speaker or 'the outlet'} [{statement.rule}]")
    return lines
