"""Answers that leave something open: sums in parts, ranges that a line cuts, what is said again and again."""

import pytest

from bot.dialog.acts import Act, Ask, Clarify, Notice, Record, Tell
from bot.dialog.repair_acts import AskWhatNothing
from bot.dialog.state import State
from tests.dialog.talks import after, turn

ZONE = "我们在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过"


def _offered(acts: tuple[Act, ...]) -> list[str]:
    return [choice.value for act in acts if isinstance(act, Clarify) for choice in act.candidates]


def _asked(state: State, name: str) -> bool:
    return state.pending is not None and state.pending.attribute == name


def _premium_question() -> State:
    state = after(ZONE, "买了科技保险")
    assert _asked(state, "insurance_premium")
    return state


@pytest.mark.parametrize(
    ("text", "options", "pick", "value"),
    [
        ("一份8万一份5万", ["130000", "unknown"], "1", 130000),
        ("两份保单，一份8万，一份5万", ["130000", "unknown"], "对", 130000),
        ("50", ["500000", "50", "unknown"], "1", 500000),
        ("大概26.4吧", ["264000.0", "26.4", "unknown"], "26.4万", 264000),
    ],
    ids=["apiece", "yes", "no-unit", "unit-told"],
)
def test_sums_to_choose_from_are_numbered_and_taken(text: str, options: list[str], pick: str, value: int) -> None:
    asked = turn(_premium_question(), text)

    settled = turn(asked.state, pick)

    assert _offered(asked.acts) == options
    assert settled.state.profile.values["insurance_premium"] == value


def test_a_further_sum_is_added_only_when_it_is_confirmed() -> None:
    told = turn(_premium_question(), "20万").state

    more = turn(told, "后来又补缴了3万")

    assert _offered(more.acts) == ["230000", "30000", "unknown"]
    assert more.state.profile.values["insurance_premium"] == 200000
    assert turn(more.state, "1").state.profile.values["insurance_premium"] == 230000


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [("够了", 100000, 150000), ("没超过", 80000, 100000), ("1", 100000, 150000), ("正好", 80000, 100000)],
    ids=["over", "under", "number", "just"],
)
def test_a_range_that_a_line_cuts_is_settled_by_the_side(said: str, low: int, high: int) -> None:
    asked = turn(after(f"{ZONE}，保费8万到15万"), "都没有")
    question = next(act for act in asked.acts if isinstance(act, Ask))

    value = turn(asked.state, said).state.profile.values["insurance_premium"]

    assert question.line == 100000
    assert question.is_strict
    assert (getattr(value, "low", None), getattr(value, "high", None)) == (low, high)


def test_the_side_of_a_line_is_asked_once() -> None:
    state = turn(turn(after(f"{ZONE}，保费8万到15万"), "都没有").state, "不好说").state

    assert not _asked(state, "insurance_premium")


@pytest.mark.parametrize("range_told", ["20到30万", "几十万"])
def test_a_range_that_no_line_cuts_is_not_asked_about(range_told: str) -> None:
    state = turn(after(f"{ZONE}，保费{range_told}"), "都没有").state

    assert not _asked(state, "insurance_premium")


@pytest.mark.parametrize(
    ("name", "opening", "said"),
    [("first_registration", "通州，都没有评过专精特新", "没"), ("specialized_tier", "通州", "有")],
    ids=["first", "ladder"],
)
def test_the_same_unclear_answer_is_offered_options_twice_and_then_left(name: str, opening: str, said: str) -> None:
    state = after(opening)
    assert _asked(state, name)

    first = turn(state, said)
    second = turn(first.state, said)
    third = turn(second.state, said)

    asked = [act for act in (*first.acts, *second.acts) if isinstance(act, Clarify | AskWhatNothing)]
    assert [isinstance(act, Clarify) and act.is_again for act in asked] == [False, True]
    assert name in third.state.declined
    assert not _asked(third.state, name)


def test_a_place_that_spans_districts_is_offered_beside_the_other_facts() -> None:
    told = turn(after("你好"), "公司在马驹桥，市专，没登记过")

    assert _offered(told.acts) == ["经开区", "通州区", "unknown"]
    assert told.state.profile.values["specialized_tier"] == "specialized"
    assert turn(told.state, "第二个").state.profile.values["region"] == "通州区"


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("客户是小巨人", Notice.OF_OTHERS),
        ("搬到通州了，执照还没换", Notice.NOT_MOVED_YET),
        ("北京", Notice.WHICH_DISTRICT),
    ],
    ids=["others", "move", "city"],
)
def test_it_is_said_why_nothing_was_recorded(text: str, notice: Notice) -> None:
    told = turn(after("你好"), text)

    assert Tell(notice) in told.acts
    assert not any(isinstance(act, Record) for act in told.acts)


@pytest.mark.parametrize(
    ("before", "text", "notice"),
    [
        (("亦庄",), "科小", Notice.OTHER_TITLE),
        (("亦庄",), "高新在复审", Notice.OTHER_TITLE),
        (("亦庄",), "没有认定通知书", Notice.NO_PAPER),
        (("亦庄", "小巨人"), "科小", Notice.TITLE_NOT_ASKED),
        (("亦庄", "小巨人"), "技术中心是市级的", Notice.TITLE_NOT_ASKED),
        (("亦庄", "没有"), "高新在复审", Notice.UNDECIDED),
        (("亦庄", "没有"), "小巨人正在公示", Notice.UNDECIDED),
    ],
)
def test_it_is_said_why_a_title_is_not_recorded(before: tuple[str, ...], text: str, notice: Notice) -> None:
    state = after(*before)

    told = turn(state, text)

    assert Tell(notice) in told.acts
    assert told.state.profile.values == state.profile.values
    assert told.state.asked == state.asked


def test_a_trade_that_is_taken_back_is_asked_anew() -> None:
    state = after("我们在亦庄，做机器人的")

    said = turn(state, "我们不是搞机器人的")

    assert "sector" not in said.state.profile.values
    assert _asked(said.state, "sector")


@pytest.mark.parametrize("text", ["我们现在不做软件了", "软件我们不做了"])
def test_of_two_trades_the_one_not_taken_back_stays(text: str) -> None:
    state = after("我们在亦庄，做大模型和软件")

    said = turn(state, text)

    assert said.state.profile.values["sector"] == {"ai"}


@pytest.mark.parametrize("text", ["我们没有软件著作权", "没买过软件", "软件没登记过"])
def test_to_lack_a_thing_of_a_trade_does_not_take_the_trade_back(text: str) -> None:
    state = after("我们在亦庄，做软件的")

    assert turn(state, text).state.profile.values["sector"] == {"software"}


@pytest.mark.parametrize("text", ["没有在北数所，是别的平台", "不是在北数所买的"])
def test_a_venue_that_is_taken_back_is_asked_anew(text: str) -> None:
    state = after("我们在亦庄，小巨人", "买了数据60万，在北数所买的")
    assert state.profile.values["purchase_venue"] == "compliant_platform"

    said = turn(state, text)

    assert "purchase_venue" not in said.state.profile.values
    assert _asked(said.state, "purchase_venue")


def test_a_venue_of_something_else_is_not_taken_back() -> None:
    state = after("我们在亦庄，小巨人", "买了数据60万，在北数所买的", "首次登记")

    said = turn(state, "不是在北数所登记的")

    assert said.state.profile.values["purchase_venue"] == "compliant_platform"


@pytest.mark.parametrize("before", [(), ("小巨人",)], ids=["at first", "while another question is open"])
def test_a_place_that_may_be_two_districts_is_settled_before_it_is_asked_for(before: tuple[str, ...]) -> None:
    done = turn(after(*before), "我公司在马驹桥")

    assert set(_offered(done.acts)) >= {"经开区", "通州区"}
    assert turn(done.state, "2").state.profile.values["region"] == "通州区"


def test_who_says_only_the_city_is_asked_for_the_district() -> None:
    done = turn(State(), "我们公司在北京")

    assert Tell(Notice.WHICH_DISTRICT) in done.acts
    assert done.state.pending is not None
    assert done.state.pending.attribute == "region"


def test_a_place_of_others_is_not_asked_about() -> None:
    done = turn(after("亦庄"), "我们在马驹桥也有个仓库")

    assert not _offered(done.acts)
    assert done.state.profile.values["region"] == "经开区"
