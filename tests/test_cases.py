"""Staff's cases: what a clause says of an enterprise on a day, and what the sums come to."""

import pytest

from bot.cases.case_files import Case
from bot.cases.judging import failures_of
from tests.content_fixture import shipped_bundle, shipped_suite

SUITE = shipped_suite()


def test_the_cases_and_conversations_are_well_written() -> None:
    assert [str(problem) for problem in SUITE.problems] == []


def test_there_are_as_many_as_there_were() -> None:
    assert len(SUITE.cases) >= 190
    assert len(SUITE.conversations) >= 55


@pytest.mark.parametrize("case", SUITE.cases, ids=str)
def test_case_of_staff_comes_out_as_written(case: Case) -> None:
    failures = failures_of(case, shipped_bundle().guide)

    assert [str(failure) for failure in failures] == []


def test_every_clause_that_can_be_claimed_has_a_case() -> None:
    claimable = {clause.id for clause in shipped_bundle().guide.knowledge.clauses if clause.is_claimable}

    assert claimable <= {wanted.clause for case in SUITE.cases for wanted in case.expectations}
