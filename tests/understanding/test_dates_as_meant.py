"""Answers with dates: of which event, of which year, put right, in English."""

from datetime import date
from typing import Any

import pytest

from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read_answer

TODAY = date(2026, 11, 21)
ASK, UNKNOWN = Outcome.ASK, Outcome.UNKNOWN

ANSWERS: dict[tuple[str, str], dict[str, Any]] = {
    ("date", "数据资产登记证书是哪天取得的？"): {
        "June 18, 2025": "2025-06-18", "Jun 18th 2025": "2025-06-18", "18th of June, 2025": "2025-06-18",
        "Mar 2025": "2025-03", "2025 Aug 3": "2025-08-03", "18-Jun-2025": "2025-06-18",
        "5 may 2024": "2024-05-05", "去年的，5月18号": "2025-05-18", "5月18号，去年": "2025-05-18",
        "不是去年，是前年，5月": "2024-05", "不是去年4月，是5月": "2025-05",
        "去年4月18号，不对，是19号": "2025-04-19", "3月5号不对6号": "2026-03-06",
        "有效期到2028年4月1日，发证日是2025年4月2日": "2025-04-02",
        "2025年4月2号发的，2028年4月1号到期": "2025-04-02", "有效期至2028年4月1日": ASK,
        "去年3月交的材料，5月18号拿的证": "2025-05-18", "去年三月申请的，五月拿到的": "2025-05",
        "3月递交，6月下证，去年的事": "2025-06", "25年3月提交的": ASK, "2025年4月2日起三年有效": "2025-04-02",
        "28/06/2025": "2025-06-28", "Sept 5th, 2025": "2025-09-05", "5 Sep": "2026-09-05",
        "on March 3, 2026": "2026-03-03", "2025 June": "2025-06", "Dec 2024": "2024-12",
        "06/18/2025": "2025-06-18", "2025.6.18": "2025-06-18", "证书落款2025年6月18日": "2025-06-18",
        "发证日期2025-06-18，有效期三年至2028-06-17": "2025-06-18", "2025年6月18日至2028年6月17日": ASK,
        "去年6月申请，当月18号拿到": ASK, "2024年申请的，2025年6月18号才发下来": "2025-06-18",
        "6月18号，25年那个": "2025-06-18", "6月的事，去年": "2025-06", "是前年，不是去年": "2024",
        "不对，是前年6月": "2024-06", "说错了，去年6月": "2025-06", "前年11月吧，哦不，12月": "2024-12",
        "5月？不，6月，去年的": "2025-06", "三月份交材料四月份下来的": "2026-04",
        "今年4月换的新证，老证是2023年的": ASK, "证还没下来": ASK, "上周五拿到的": "2026-11-13",
        "到2028年4月到期": ASK, "明年到期": ASK, "发证日期：2025年4月2日": "2025-04-02",
    },
    ("date", "首个数据产品交易合同是哪天签的？"): {
        "去年5月谈的，8月3号签的字": "2025-08-03", "合同期到2027年底，去年9月9号签的": "2025-09-09",
        "前天签的，今天打的款": "2026-11-19",
    },
    ("date", "市级奖励是什么时候认定的？"): {
        "去年9月公示的，12月5号发文认定": "2025-12-05", "钱是今年3月到账的，认定是去年12月": "2025-12",
    },
    ("date", "最近那次行政处罚是哪天公示的？"): {
        "2024年3月被查的，5月10号公示": "2024-05-10", "处罚决定书是3月1日，公示是3月8日": "2026-03-08",
    },
    ("date", "设施计划哪天投入使用？"): {
        "6月开工，明年3月投用": "2027-03", "今年底封顶，明年6月1号投产": "2027-06-01",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "prompt", "text", "expected"),
    [
        pytest.param(name, prompt, text, expected, id=f"{name}-{prompt[:8]}-{text}")
        for (name, prompt), rows in ANSWERS.items()
        for text, expected in rows.items()
    ],
)
def test_a_date_is_read_as_meant(name: str, prompt: str, text: str, expected: Any, lexicon: Lexicon) -> None:
    question = general_question(name, prompt, lexicon.questions)

    answer = read_answer(text, question, lexicon, TODAY)

    outcome = answer.outcome
    value = answer.value.isoformat() if isinstance(answer.value, date) else answer.value
    assert (value if outcome is Outcome.VALUE else outcome) == expected
