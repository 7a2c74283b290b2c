"""The measures by which rankings and thresholds are chosen."""

from pathlib import Path

import pytest

from benchmarks.choosing.asked import Asked, measure, read_asked
from benchmarks.choosing.content import HARD, OWN
from benchmarks.thresholds import Judged, halves, learned
from bot.search.scope import Ground

FIRST = Asked("1", "贴息", frozenset({"a/1"}))
SECOND = Asked("2", "保险", frozenset({"a/2"}))
STRANGE = Asked("3", "天气", frozenset())


def judged(asked: Asked, covered: float) -> Judged:
    return Judged(asked, Ground.TOPIC, covered, is_found=True)


def test_figures_are_means_over_the_questions_in_scope() -> None:
    figures = measure(lambda text: ["a/1", "a/2"] if text != "天气" else [], (FIRST, SECOND, STRANGE))

    assert (figures.inside, figures.outside) == (2, 1)
    assert (figures.recall_at_1, figures.hit_at_3, figures.reciprocal_rank) == (0.5, 1.0, 0.75)
    assert (figures.refused, figures.answered) == (0, 0)


def test_a_question_without_an_answer_is_refused_or_answered() -> None:
    figures = measure(lambda text: ["a/1"] if text == "天气" else [], (FIRST, STRANGE))

    assert (figures.refused, figures.answered) == (1, 1)


def test_lines_name_the_articles_that_answer(tmp_path: Path) -> None:
    line = '{"id": "q", "query": "贴息", "relevant": [{"document": "a", "article": "1"}]}\n'
    (path := tmp_path / "queries.jsonl").write_text(line, encoding="utf-8")

    assert read_asked(path) == (Asked("q", "贴息", frozenset({"a/1"})),)


@pytest.mark.parametrize("path", [OWN, HARD], ids=["own", "hard"])
def test_no_question_is_asked_twice(path: Path) -> None:
    texts = [each.text for each in read_asked(path)]

    assert len(set(texts)) == len(texts)


def test_a_threshold_stands_between_what_is_out_of_scope_and_what_is_in() -> None:
    rows = (judged(STRANGE, 0.2), judged(FIRST, 0.5), judged(SECOND, 0.6))

    assert learned(rows, Ground.TOPIC) == (0.2, 0.5)


def test_nothing_is_answered_where_all_is_out_of_scope() -> None:
    assert learned((judged(STRANGE, 0.7),), Ground.TOPIC) == (0.7, 1.0)


def test_the_halves_are_the_same_each_time() -> None:
    rows = [judged(Asked(str(number), "", frozenset()), 0.5) for number in range(40)]

    one, other = halves(rows)

    assert len(one) + len(other) == 40
    assert halves(rows) == (one, other)
