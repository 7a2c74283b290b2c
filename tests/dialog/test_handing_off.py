"""转人工: the department for what is being discussed, and what a person is given to go on."""

from datetime import timedelta

import pytest

from bot.dialog.exchanges import KEPT, LONGEST_ANSWER, LONGEST_SAID, with_exchange
from bot.dialog.handing_off import handed_over, numbered, wants_person
from bot.dialog.kept_acts import HandOff
from bot.dialog.state import Pending, PendingKind, State
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn


def asked_for(state: State, text: str = "转人工") -> HandOff:
    return next(act for act in turn(state, text).acts if isinstance(act, HandOff))


def names(act: HandOff) -> list[str]:
    return [contact.name for contact in act.contacts]


def departments_of(clause_id: str) -> list[str]:
    clause = shipped_bundle().guide.knowledge.by_id[clause_id]
    return [contact.name for contact in clause.contacts or clause.policy.contacts]


def test_of_what_was_asked_last_the_departments_are_told() -> None:
    act = asked_for(after("亦庄", "数据券怎么补"))

    assert "数据券" in act.subject
    assert names(act) == departments_of("bda-data-industry/8/data-voucher")[: len(names(act))]


def test_a_side_question_long_past_is_no_longer_what_is_discussed() -> None:
    act = asked_for(after("亦庄", "数据券怎么补", "小巨人"))

    assert "数据券" not in act.subject


def test_asking_for_a_person_does_not_change_what_is_discussed() -> None:
    act = asked_for(after("亦庄", "数据券怎么补", "转人工", "谢谢"))

    assert "数据券" in act.subject


def test_of_the_open_question_those_clauses_count_that_it_decides() -> None:
    asked = Pending(PendingKind.QUESTION, "insurance_premium")
    state = State(profile=after("亦庄，小巨人").profile, pending=asked, is_greeted=True, last_seen=NOW)

    act = asked_for(state)

    assert "当年科技保险实际保费" in act.subject
    assert set(departments_of("bda-data-industry/1/premium-60")) <= set(names(act))


def test_after_a_result_the_departments_are_those_of_the_result() -> None:
    act = asked_for(after("亦庄，小巨人，保费53万", "看结果"))

    assert act.subject == "结果里的这几项"
    assert act.is_of_company
    assert names(act)[0] in departments_of("bda-data-industry/1/premium-60")


def test_after_a_proof_they_are_those_of_its_policy() -> None:
    act = asked_for(after("亦庄，小巨人，保费53万", "看结果", "依据1"))

    assert act.subject == "科技保险保费补贴（“小巨人” 60% 一档）"


def test_with_nothing_under_discussion_those_of_the_place_are_told() -> None:
    assert any("经开区" in name for name in names(asked_for(after("亦庄"))))
    assert asked_for(after("你好")).subject == ""


def test_a_department_without_a_number_gets_none() -> None:
    act = asked_for(after("亦庄", "数据券怎么补"))

    assert {contact.phone for contact in act.contacts} == {None}
    assert act.hotline.phone == "12345"


def test_only_who_asks_for_a_person_gets_a_number() -> None:
    whom, person = turn(after("亦庄"), "找谁").acts, turn(after("亦庄"), "转人工").acts

    assert [wants_person(acts) for acts in (whom, person)] == [False, True]
    assert [act.number for act in numbered(whom, "1234-5678") if isinstance(act, HandOff)] == [""]
    assert [act.number for act in numbered(person, "1234-5678") if isinstance(act, HandOff)] == ["1234-5678"]


def test_a_person_gets_the_answers_and_what_was_said_and_nothing_set_aside() -> None:
    state = with_exchange(after("亦庄，小巨人", "重新开始", "确定", "通州"), "通州", "记下了", NOW)

    given = handed_over(state)

    assert given.profile == state.profile
    assert given.exchanges == state.exchanges
    assert given.set_aside is None
    assert given.steps == ()


def test_only_the_last_exchanges_are_kept_and_cut() -> None:
    state = State()
    for number in range(KEPT + 5):
        state = with_exchange(state, f"第{number}句", "答" * 1_000, NOW + timedelta(minutes=number))
    state = with_exchange(state, "长" * 1_000, "好", NOW)

    assert len(state.exchanges) == KEPT
    assert state.exchanges[0].said == "第6句"
    assert state.exchanges[0].answered == "答" * LONGEST_ANSWER + "……"
    assert state.exchanges[-1].said == "长" * LONGEST_SAID + "……"


@pytest.mark.parametrize("said", ["", "  \n"])
def test_opening_the_page_is_no_exchange(said: str) -> None:
    assert with_exchange(State(), said, "您好", NOW).exchanges == ()


def test_who_starts_over_leaves_the_exchanges_and_the_number_behind() -> None:
    from_before = with_exchange(after("亦庄，小巨人"), "小巨人", "记下了", NOW)

    fresh = turn(turn(from_before, "重新开始").state, "确定").state

    assert fresh.exchanges == ()
    assert fresh.hand_off == ""
