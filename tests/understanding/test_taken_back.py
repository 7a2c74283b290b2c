"""What was said before and is taken back: what is so counts, and nothing of what was said stays."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Intent, Outcome
from bot.understanding.reading import general_question, read, read_answer, read_command

TODAY = date(2026, 11, 21)
PENALTY = general_question("yes_no", "贵公司近三年是否受过重大行政处罚?", {})


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("刚才我说没入过表，其实入过一回", "first_listing", False),
        ("前面讲是头一次登记，实际上前年登过", "first_registration", False),
        ("之前填的不是高新 其实是", "high_tech", True),
        ("上面说注册在怀柔 其实在平谷", "region", "平谷区"),
        ("保费记成39万了 实际36万", "insurance_premium", Decimal(360_000)),
        ("采购额填成120万 应为112万", "purchase_amount", Decimal(1_120_000)),
    ],
)
def test_what_is_so_in_fact_takes_the_place_of_what_was_said(
    text: str, slot: str, value: object, lexicon: Lexicon
) -> None:
    command = read_command(text, lexicon)

    assert (command.intent, command.slot) == (Intent.CHANGE_ANSWER, slot)
    assert command.answer is not None
    assert command.answer.value == value


@pytest.mark.parametrize("text", ["财务说没买过保险，其实买了", "还以为没买保险，实际上买了"])
def test_what_somebody_thought_is_not_recorded(text: str, lexicon: Lexicon) -> None:
    assert "insurance_premium" not in {fact.attribute for fact in read(text, None, lexicon, TODAY).facts}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五年前有一回，近三年没有", False),
        ("以前有过，最近三年干净", False),
        ("去年罚过一次", True),
        ("四年前有一次", None),
        ("2018年罚过", None),
        ("前年罚过一回，今年没有", None),
    ],
)
def test_a_penalty_counts_by_the_years_that_are_asked_about(text: str, value: object, lexicon: Lexicon) -> None:
    answer = read_answer(text, PENALTY, lexicon, TODAY)

    assert answer.value is value
    assert answer.outcome is (Outcome.ASK if value is None else Outcome.VALUE)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("region", "老执照在西城 新执照下来变成大兴了", "大兴区"),
        ("region", "新照是房山，旧照是丰台", "房山区"),
        ("first_listing", "下面的公司入过表，总部没入过", True),
        ("first_trade", "子公司卖过，本部没卖过", True),
        ("specialized_tier", "集团是小巨人，我们没有", "none"),
        ("specialized_tier", "创新型都没评上，更别提市级", "none"),
        ("high_tech", "现在还不是，明年准备报", False),
        ("high_tech", "有是有，快到期了", True),
        ("high_tech", "有，明年到期", True),
        ("high_tech", "有过，去年到期", False),
    ],
)
def test_an_answer_is_of_the_company_as_it_is_now(name: str, text: str, value: object, lexicon: Lexicon) -> None:
    assert read(text, lexicon.questions[name], lexicon, TODAY).answer.value == value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("first_registration", "登过软件著作权"),
        ("high_tech", "两个公司一个有一个没有"),
        ("specialized_tier", "市级都没有，更别说小巨人"),
    ],
)
def test_what_is_of_something_else_is_asked_again(name: str, text: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.outcome is Outcome.ASK


@pytest.mark.parametrize("text", ["同事说登过，我核实下", "应该没登过，不敢打包票", "前任说办过 我再确认一下"])
def test_what_nobody_vouches_for_is_not_known(text: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["first_registration"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("text", ["大几十万", "大几百万", "小几十万", "小一百万"])
def test_a_loose_sum_is_no_exact_one(text: str, lexicon: Lexicon) -> None:
    answer = read_answer(text, general_question("amount", "", {}), lexicon, TODAY)

    assert not isinstance(answer.value, Decimal)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("刚在北数所登记了数据资产，头一次", "first_registration", True),
        ("数据资产登记办完了，第二次了", "first_registration", False),
        ("我们公司在石景山，游戏和动漫软件", "sector", frozenset({"software"})),
        ("数据资产折价入股也办完工商登记了", "data_equity_registered", True),
    ],
)
def test_a_clause_goes_on_from_the_one_before(text: str, name: str, value: object, lexicon: Lexicon) -> None:
    facts = {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}

    assert facts.get(name) == value
    assert "facility_in_use" not in facts


@pytest.mark.parametrize("text", ["保费交了36万，不过不是科技险", "利息付了80万，但不是质押贷款的"])
def test_a_sum_that_is_said_to_be_of_another_kind_is_not_recorded(text: str, lexicon: Lexicon) -> None:
    assert not read(text, None, lexicon, TODAY).facts


@pytest.mark.parametrize("text", ["以前做电商，现在做机器人", "原来是搞软件的，后来转做机器人了"])
def test_a_trade_of_former_times_is_not_recorded(text: str, lexicon: Lexicon) -> None:
    facts = {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}

    assert facts == {"sector": frozenset({"robotics"})}


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("刚才点的小巨人不对，什么称号也没有", "specialized_tier", "none"),
        ("上面填的市级专精特新错了，我们是小巨人", "specialized_tier", "little_giant"),
        ("先前报的怀柔有误，执照在延庆", "region", "延庆区"),
        ("刚刚选的高新不对，我们没证", "high_tech", False),
        ("前面答的首次交易错了，以前卖过", "first_trade", False),
        ("刚才写的小巨人不对", "specialized_tier", None),
        ("之前选的海淀错了", "region", None),
        ("前头说的创新型有误", "specialized_tier", None),
    ],
)
def test_what_is_called_wrong_is_no_new_answer(text: str, slot: str, value: object, lexicon: Lexicon) -> None:
    command = read_command(text, lexicon)

    assert (command.intent, command.slot) == (Intent.CHANGE_ANSWER, slot)
    assert (None if command.answer is None else command.answer.value) == value
    assert all(fact.value == value for fact in read(text, None, lexicon, TODAY).facts if fact.attribute == slot)


@pytest.mark.parametrize("text", ["前面说的贴息不对吧，能给多少", "刚才说的小巨人没错", "刚才讲的数据券错了吗"])
def test_a_doubt_whether_something_is_wrong_takes_nothing_back(text: str, lexicon: Lexicon) -> None:
    answer = read_command(text, lexicon).answer

    assert answer is None or answer.value is None
