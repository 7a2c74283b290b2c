import pytest

from bot.search.index import SearchIndex
from tests.search.measuring import Asked, measure, read_queries

ROWS = read_queries()
HALVES = {"chosen-on": ROWS[::2], "held-out": ROWS[1::2]}
OUTSIDE = [row.text for row in ROWS if not row.answers]


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES.keys())
def test_answers_stand_first_and_questions_in_scope_are_not_refused(
    index: SearchIndex, half: tuple[Asked, ...]
) -> None:
    figures = measure(index, half)

    assert figures.recall_at_1 >= 0.84
    assert figures.hit_at_3 >= 0.92
    assert figures.false_refusals <= 0.02
    assert figures.false_answers <= 0.02


@pytest.mark.parametrize("query", OUTSIDE, ids=OUTSIDE)
def test_a_question_out_of_scope_is_refused(index: SearchIndex, query: str) -> None:
    assert index.search(query) == ()
