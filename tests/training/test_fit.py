"""The training: its weights are those that the package ships, and come out the same from the same articles."""

import json

from servanda.reading.decisions.judge import Judge
from servanda.reading.reader import READER_VERSION, read_statements
from training.corpus import casebook, digest, newsroom, written
from training.crossed import NEAR_COPIES, folds
from training.fit import WEIGHTS, examples_of, fit, train
from training.teacher import Teacher


def test_the_shipped_weights_are_of_this_corpus_and_this_reader():
    told = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert told["reader"] == READER_VERSION, "train again: python -m training.fit"
    assert told["corpus"] == digest([*newsroom(), *written(), *casebook()]), "train again: python -m training.fit"


def test_the_same_articles_give_the_same_weights():
    corpus = newsroom()[:6]
    assert train(corpus) == train(corpus)


def test_what_is_learnt_of_an_article_is_read_in_it():
    corpus = newsroom()[:8]
    judge = Judge(fit(examples_of(corpus, {}, follow=False)))
    item = corpus[0]
    wanted = {(gold["kind"], gold["stage"], gold["count_min"]) for gold in item.gold}
    found = {(s.kind.value, s.stage.value, s.count_min) for s in read_statements(item.article, judge)}
    assert len(wanted & found) >= len(wanted) / 2


def test_a_teacher_answers_with_the_labels():
    item = newsroom()[0]
    teacher = Teacher(item, {}, follow=False)
    found = {(s.kind.value, s.stage.value, s.count_min) for s in read_statements(item.article, teacher)}
    assert (item.gold[0]["kind"], item.gold[0]["stage"], item.gold[0]["count_min"]) in found
    assert teacher.examples


def test_near_copies_stand_in_one_fold():
    parts = folds(newsroom(), 5)
    where = {item.article.id: number for number, part in enumerate(parts) for item in part}
    assert all(where[copy] == where[original] for copy, original in NEAR_COPIES.items())
