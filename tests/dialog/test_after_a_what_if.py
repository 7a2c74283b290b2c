"""After a what-if: what goes on from it, adopting it, going back to what is so, keeping it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.dialog.acts import Notice, Record, SetDay, Tell
from bot.dialog.result_acts import ShowResult
from bot.dialog.what_if_acts import WhatIf
from bot.policy.attributes import NEVER, Value
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state, encode_state
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn
from tests.dialog.what_ifs import HAIDIAN, ZONE, ask, shown, supposed

FOLLOW_UPS = [
    ("如果保费30万", "那20万呢", {"insurance_premium": Decimal(200_000)}),
    ("如果搬到经开区", "那通州呢", {"region": "通州区"}),
    ("如果搬到经开区", "换成朝阳呢", {"region": "朝阳区"}),
    ("如果搬到经开区", "那20万呢", {"region": "经开区", "insurance_premium": Decimal(200_000)}),
    ("如果搬到经开区", "再加上高新呢", {"region": "经开区", "high_tech": True}),
    ("如果搬到经开区", "那如果保费20万", {"region": "经开区", "insurance_premium": Decimal(200_000)}),
    ("如果搬到经开区", "如果保费20万", {"insurance_premium": Decimal(200_000)}),
]


@pytest.mark.parametrize(("first", "then", "values"), FOLLOW_UPS, ids=[f"{a}-{b}" for a, b, _ in FOLLOW_UPS])
def test_a_what_if_goes_on_from_the_one_before(first: str, then: str, values: dict[str, Value]) -> None:
    _, done = ask(then, HAIDIAN, first)

    assert supposed(shown(done)) == values


def test_a_day_that_was_supposed_is_kept_by_what_goes_on_from_it() -> None:
    _, done = ask("那保费20万呢", ZONE, "如果2028年才申报")

    assert (shown(done).on, supposed(shown(done))) == (date(2028, 7, 15), {"insurance_premium": Decimal(200_000)})


def test_nothing_goes_on_from_a_what_if_once_something_is_recorded() -> None:
    state = after(HAIDIAN, "如果搬到经开区", "高新")

    assert state.supposed is None


def test_adopting_records_what_was_supposed_with_the_ordinary_echo() -> None:
    _, done = ask("就按这个来", HAIDIAN, "如果搬到经开区，保费20万")

    record = done.acts[0]
    assert isinstance(record, Record)
    assert {note.attribute.name: note.value for note in record.noted} == {
        "region": "经开区",
        "insurance_premium": Decimal(200_000),
    }
    assert done.state.profile.values["region"] == "经开区"
    assert done.state.supposed is None


def test_what_was_adopted_can_be_taken_back() -> None:
    state = after(HAIDIAN, "如果搬到经开区", "就这么定", "返回")

    assert state.profile.values["region"] == "海淀区"


def test_adopting_an_answer_to_the_open_question_goes_on_to_the_next() -> None:
    state = after("亦庄，小巨人")
    assert state.pending is not None
    assert state.pending.attribute == "first_registration"

    done = turn(turn(state, "如果是首次呢").state, "就按这个来")

    assert done.state.profile.values["first_registration"] is True
    assert done.state.pending is not None
    assert done.state.pending.attribute != "first_registration"


def test_a_day_alone_is_nothing_to_record() -> None:
    before, done = ask("就按这个来", ZONE, "如果明年申请")

    assert done.acts[0] == Tell(Notice.NOTHING_TO_ADOPT)
    assert done.state.profile == before.profile


def test_without_a_what_if_nothing_is_adopted() -> None:
    before, done = ask("就按这个来", ZONE)

    assert done.state.profile == before.profile
    assert not any(isinstance(act, Record) for act in done.acts)


def test_another_day_goes_on_through_what_ifs_until_today_is_asked_for() -> None:
    _, done = ask("如果保费20万", ZONE, "按2027-12-31算")
    act = shown(done)
    assert (act.base, act.on, act.is_of_another_day) == (date(2027, 12, 31), date(2027, 12, 31), True)

    again = turn(done.state, "今天算回去")

    assert again.acts[0] == Tell(Notice.REAL_AGAIN)
    assert isinstance(again.acts[1], ShowResult)
    assert again.acts[1].on == NOW.date()
    assert not shown(turn(again.state, "如果保费20万")).is_of_another_day


def test_the_result_of_another_day_says_that_nothing_is_supposed() -> None:
    _, done = ask("按2027-12-31算", ZONE, "如果搬到通州")

    assert [type(act) for act in done.acts[:3]] == [SetDay, Tell, ShowResult]
    assert done.acts[1] == Tell(Notice.NOT_SUPPOSED)


def test_a_what_if_survives_being_stored() -> None:
    bundle = shipped_bundle()
    state = after(ZONE, "如果搬到通州，保费20万", "那如果明年申请呢")

    stored = encode_state(state, bundle.guide.knowledge.attributes)
    back = decode_state(SessionKey("web", "a"), stored, bundle.guide.knowledge.attributes)

    assert back.supposed == state.supposed
    assert back.supposed is not None
    assert back.supposed.on == date(2027, 7, 15)


def test_hours_later_the_what_if_is_still_not_recorded() -> None:
    state = after(ZONE, "如果搬到通州")

    later = turn(state, "我的资料", datetime(2026, 7, 18, 9, tzinfo=UTC))

    assert later.state.profile.values["region"] == "经开区"
    assert later.state.profile.values["last_major_penalty"] is NEVER


ALSO = ["那搬到通州", "或者搬到通州", "换成通州呢", "搬到通州会怎样"]


@pytest.mark.parametrize("text", ALSO)
def test_another_choice_after_a_what_if_is_not_recorded_either(text: str) -> None:
    _, done = ask(text, HAIDIAN, "如果搬到经开区")

    assert supposed(shown(done)) == {"region": "通州区"}
    assert done.state.profile.values["region"] == "海淀区"


def test_deciding_after_a_what_if_is_recorded() -> None:
    _, done = ask("那就搬到通州吧", HAIDIAN, "如果搬到经开区")

    assert done.state.profile.values["region"] == "通州区"


TELLS = ["我们在朝阳呢", "是首次", "没有", "不怎么样"]


@pytest.mark.parametrize("text", TELLS)
def test_an_answer_after_a_what_if_is_no_what_if(text: str) -> None:
    _, done = ask(text, HAIDIAN, "如果搬到经开区")

    assert not any(isinstance(act, WhatIf) for act in done.acts)


@pytest.mark.parametrize("text", ["算了，按原来的", "还是按实际情况来吧", "按原来的算"])
def test_who_goes_back_to_what_is_so_sees_the_result(text: str) -> None:
    before, done = ask(text, ZONE, "如果保费20万")

    assert done.acts[0] == Tell(Notice.REAL_AGAIN)
    assert done.state.profile == before.profile
