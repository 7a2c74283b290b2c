"""Answers that say what to put down, count from the end, send somebody to look, or name the firm modestly."""

from datetime import date

import pytest

from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read, read_answer

TODAY = date(2026, 11, 21)
ASK, UNKNOWN = Outcome.ASK, Outcome.UNKNOWN
ANSWERS: dict[str, dict[str, object]] = {
    "specialized_tier": {
        "您直接填无": "none", "填没有就行": "none", "直接写小巨人": "little_giant", "选创新型吧": "innovative",
        "就填市级": "specialized", "别填无": ASK, "填什么好": ASK, "市级的六月到期没续，现在啥称号都没了": "none",
    },
    "high_tech": {"填是就行": True, "直接写否": False, "填有吧": True},
    "dishonest_listed": {
        "以前上过，去年已经移出来了": False, "已经被移出名单": False, "正在申请移出": ASK, "上过，快移出了": ASK,
        "上过，还没移出来": True, "移出过一次，又被列了": True, "目前挂着呢，因为年报造假": True,
        "没查到失信记录": False, "法务说没查到记录": False, "没查到": UNKNOWN,
    },
    "region": {"直接填海淀": "海淀区", "写通州就行": "通州区"},
    "municipal_award_date": {
        "得让行政翻翻归档": UNKNOWN, "让财务找找": UNKNOWN, "回头翻翻文件": UNKNOWN, "让法务核一下": UNKNOWN,
        "行政翻了，是去年3月5号": date(2025, 3, 5), "让行政查过了，今年3月5号": date(2026, 3, 5),
    },
}  # fmt: skip
NAMES = {
    "敝公司名为北京澄观数元科技有限公司": "北京澄观数元科技有限公司",
    "敝司北京澄观数元科技有限公司": "北京澄观数元科技有限公司",
    "鄙公司叫北京澄观数元科技有限公司": "北京澄观数元科技有限公司",
    "公司大名北京澄观数元科技有限公司": "北京澄观数元科技有限公司",
    "我司名为北京澄观数元科技有限公司": "北京澄观数元科技有限公司",
    "公司的正式名称为北京澄观数元科技有限公司": "北京澄观数元科技有限公司",
    "称心数元（北京）科技有限公司": "称心数元（北京）科技有限公司",
    "名海数元科技有限公司": "名海数元科技有限公司",
    "司南数元（北京）有限公司": "司南数元（北京）有限公司",
}
PLACES_FROM_THE_END = {"倒数第二个": "specialized", "倒数第一个": "little_giant", "选倒数第三个": "innovative"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param(name, text, expected, id=f"{name}-{text}")
        for name, rows in ANSWERS.items()
        for text, expected in rows.items()
    ],
)
def test_an_answer_is_put_down_as_told(name: str, text: str, expected: object, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert (answer.value if answer.outcome is Outcome.VALUE else answer.outcome) == expected


@pytest.mark.parametrize(("text", "step"), PLACES_FROM_THE_END.items())
def test_an_option_is_counted_from_the_end(text: str, step: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == step


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_a_name_is_taken_without_what_leads_up_to_it(text: str, name: str, lexicon: Lexicon) -> None:
    question = general_question("company_name", "贵公司的全称是？", lexicon.questions)

    assert read_answer(text, question, lexicon, TODAY).value == name


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("first_trade", "业务说签过，商务说没签过，我也闹不清", UNKNOWN),
        ("first_trade", "财务说没签，销售说签了，搞不清", UNKNOWN),
        ("first_trade", "我闹不清，反正没签过", True),
        ("first_trade", "签过，具体几单弄不清", False),
        ("high_tech", "弄不清，证倒是有一个", True),
        ("high_tech", "不清楚，我们没报过", False),
        ("high_tech", "我不知道，前任没交接", UNKNOWN),
        ("region", "弄不清是海淀还是朝阳", UNKNOWN),
        ("region", "闹不明白什么叫注册地", ASK),
    ],
)
def test_not_knowing_is_no_no(name: str, text: str, expected: object, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert (answer.value if answer.outcome is Outcome.VALUE else answer.outcome) == expected
