from datetime import date

import pytest

from bot.policy.availability import availability_of
from bot.policy.clauses import Batch, Draft, InForce, NoTerm, Status, TitleYears
from bot.rendering.states import say_state_on
from tests.policy.samples import create_document

DAY = date(2026, 7, 15)
CLOSED = "到 2026-07-15 已经截止，现在不能按它申报，可问问有没有新一批"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(InForce(None, date(2027, 12, 31)), "", id="open"),
        pytest.param(Draft(), "截至 2026-07-15 还是征求意见稿，没有生效，正式稿可能有变", id="a draft"),
        pytest.param(InForce(None, date(2025, 12, 31)), f"执行期到 2025-12-31，{CLOSED}", id="past its term"),
        pytest.param(Batch(2023), f"这是 2023 年的批次，{CLOSED}", id="an old batch"),
        pytest.param(TitleYears(2021, 2023), f"标题写的年份到 2023 年为止，{CLOSED}", id="past its title"),
        pytest.param(NoTerm(), "截至 2026-07-15 待核实：条文没有写期限，今年是否受理要向主管部门核实", id="no term"),
        pytest.param(
            Batch(2025),
            "截至 2026-07-15 待核实：这是 2025 年的批次；条文没有写期限，今年是否受理要向主管部门核实",
            id="last year's batch",
        ),
    ],
)
def test_a_state_is_said_with_its_day_and_its_reason(status: Status, said: str) -> None:
    document = create_document(status)

    assert say_state_on(document, availability_of(document, DAY), DAY) == said
