"""Answers begun and put right in one breath, plain words of a dialect, and how far a thing has come."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Intent, Outcome
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
ANSWERS: dict[str, dict[str, bool | None]] = {
    "first_registration": {
        "不是——哎我说错了，是第一次": True, "不是，说错了，是头一次": True, "登过…口误口误，没登过": True,
        "第一次，不对，去年登过": False, "嗯呢": True, "可不嘛": True, "那可不": True, "有？": None,
    },
    "high_tech": {
        "以前是，21年的证早失效了，没再报": False, "以前是，后来没续": False, "以前是，前年没复审，就没了": False,
        "以前是，现在也是": None, "以前没有，现在有": True, "有，啊不对，说错了，没有": False,
        "没有，哎说错了，有的": True, "可不是吗？": True, "可不可以": None,
    },
    "facility_in_use": {
        "还在装修": False, "装修中": False, "还没装完": False, "还在用": True, "天天在用": True, "隔壁还在装修": None,
    },
}  # fmt: skip
PLACES = {
    "早先在西城，前年连执照带人整个搬去雄安了": "outside_beijing",
    "连照带人迁到大兴了": "大兴区",
    "别看我们老板住通州，公司可不在通州，在海淀苏州街": "海淀区",
    "老板家在通州，公司不在通州，在丰台": "丰台区",
    "亦庄开发区，虽说快递地址写的是大兴": "经开区",
    "虽然注册在大兴，人都在亦庄": "大兴区",
    "虽说办公在国贸，照是房山的": "房山区",
    "别看门店开在三里屯，我们是密云的公司": "密云区",
    "虽说海淀": "海淀区",
}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        pytest.param(name, text, value, id=f"{name}-{text}")
        for name, rows in ANSWERS.items()
        for text, value in rows.items()
    ],
)
def test_an_answer_is_read_as_it_ends(
    name: str,
    text: str,
    value: bool | None,  # noqa: FBT001
    lexicon: Lexicon,
) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value is value
    assert value is None or answer.outcome is Outcome.VALUE


def test_what_is_only_taken_back_is_a_change(lexicon: Lexicon) -> None:
    meant = read("不是，说错了", lexicon.questions["first_registration"], lexicon, TODAY)

    assert meant.command.intent is Intent.CHANGE_ANSWER


@pytest.mark.parametrize(("text", "region"), PLACES.items())
def test_what_is_granted_or_denied_is_no_place_of_registration(text: str, region: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["region"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == region
