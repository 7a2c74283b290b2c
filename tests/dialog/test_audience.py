"""What a group reads, and what goes to the single chat of who asked."""

from dataclasses import fields, replace
from datetime import date

import pytest

from bot.dialog.acts import Act, Ask, Clarify, Notice, Record, ShowProfile, Tell, Welcome
from bot.dialog.audience import answers_for_anyone, asks_in_public, part, spelled_out_in_public
from bot.dialog.kept_acts import HandOff, NoteLabels
from bot.dialog.result_acts import ShowResult
from bot.dialog.stakes import FirmUp
from bot.dialog.state import State
from bot.messages import OutboundMessage, Target
from bot.responder import ContentResponder
from bot.turns import Said
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn

ON = date(2026, 7, 15)
COMPANY = ("亦庄，小巨人，保费53万",)
TELLING = ("53 万", "530000", "31.8", "26.5", "小巨人”（", "贵单位：", "注册地：经开区", "：国家级", "您说")


def said_in_group(state: State, text: str, *, can_whisper: bool = True) -> tuple[State, str, str]:
    """The state after it, what the group reads, and what the one who asked reads alone."""
    responder = ContentResponder(shipped_bundle, "text", retention_days=30)
    response = responder.respond(state, Said(text, NOW, is_group=True, can_whisper=can_whisper, number="1234-5678"))
    return response.state, joined(response.messages, Target.CHAT), joined(response.messages, Target.SINGLE)


def joined(messages: tuple[OutboundMessage, ...], target: Target) -> str:
    return "\n".join(one.text for one in messages if one.target is target)


@pytest.mark.parametrize(
    "text",
    [
        "看结果",
        "更多",
        "依据1",
        "第1项找谁",
        "我的资料",
        "导出我的资料",
        "转人工",
        "按2027-12-31算",
        "我们能领科技保险吗",
        "科技保险给多少",
        "数据券和科技保险有什么区别",
        "经开区有哪些政策",
        "为什么问",
        "注册地改成通州",
        "保费是60万",
        "还有两笔保费，10万和20万",
        "保费十来万",
        "返回",
        "跳过",
        "没有处罚、失信、犯罪",
        "谢谢",
        "今天天气怎么样",
    ],
)
def test_a_group_never_reads_what_is_known_of_the_company(text: str) -> None:
    state = turn(after(*COMPANY), "看结果").state

    _, public, _ = said_in_group(state, text)

    assert public
    assert [word for word in TELLING if word in public] == []


def test_an_answer_that_needs_the_company_goes_to_the_single_chat_and_the_group_is_told_so() -> None:
    _, public, private = said_in_group(after(*COMPANY), "看结果")

    assert "我在单聊里发给您" in public
    assert "31.8 万元" in private
    assert public.index("单聊") < public.index("首次")


def test_where_nobody_can_be_written_to_alone_the_user_is_asked_to_come() -> None:
    _, public, private = said_in_group(after(*COMPANY), "看结果", can_whisper=False)

    assert "请在单聊里问我" in public
    assert private == ""


def test_what_goes_to_the_single_chat_has_no_buttons() -> None:
    responder = ContentResponder(shipped_bundle, "text", retention_days=30)

    response = responder.respond(after(*COMPANY), Said("看结果", NOW, is_group=True, can_whisper=True))

    assert not any(one.options for one in response.messages if one.target is Target.SINGLE)
    assert [bool(one.options) for one in response.messages if one.target is Target.CHAT] == [True]


def test_a_single_chat_reads_everything_as_before() -> None:
    responder = ContentResponder(shipped_bundle, "text", retention_days=30)

    response = responder.respond(after(*COMPANY), Said("看结果", NOW, is_group=False))

    assert {one.target for one in response.messages} == {Target.CHAT}
    assert "31.8 万元" in response.messages[0].text


@pytest.mark.parametrize("text", ["第1项找谁", "怎么办理"])
def test_a_question_about_an_item_of_the_result_is_the_company_s_alone(text: str) -> None:
    seen = turn(turn(after(*COMPANY), "看结果").state, "依据1").state

    _, public, private = said_in_group(seen, text)

    assert "科技保险" not in public
    assert "科技保险" in private


def test_a_general_question_is_answered_in_the_group_alone() -> None:
    _, public, private = said_in_group(after(*COMPANY), "科技保险怎么补")

    assert "50% 一档" in public
    assert "60% 一档" in public
    assert private == ""


def test_the_tier_that_a_company_is_in_is_not_told_by_what_is_left_out() -> None:
    acts = turn(after(*COMPANY), "我们能领科技保险吗").acts

    answers = answers_for_anyone(acts, after(*COMPANY), "我们能领科技保险吗", NOW, shipped_bundle().guide)

    assert answers == answers_for_anyone(
        acts, State(is_greeted=True), "我们能领科技保险吗", NOW, shipped_bundle().guide
    )


@pytest.mark.parametrize(
    "text",
    [
        "发群里",
        "把结果发到群里",
        "就在群里说吧",
        "在群里直接回复，发群里",
        "把能拿的钱写给大家",
        "给大家念念结果",
        "结果公开说就行",
        "不用单聊，直接说",
        "能不能把结果发群里",
    ],
)
def test_a_wish_to_have_it_in_the_group_is_heard(text: str) -> None:
    assert asks_in_public(text)
    assert "31.8 万元" in said_in_group(turn(after(*COMPANY), "看结果").state, text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "看结果",
        "结果别发群里",
        "不要在群里说",
        "你会把我的情况发到群里吗",
        "群里的人能看到吗",
        "怕发到群里",
        "我刚把材料发群里了",
        "我们能领多少",
        "我想截图发群里，看结果",
        "能不能不发群里",
        "这些数据拿出来给大家用，有补贴吗",
        "听说大家都领到了，我们呢",
        "我们公开发布数据集能领吗",
        "我们开发群聊软件，能领吗",
        "这补贴是发给大家的吗",
        "材料在这里报吗",
        "大家都能领吗",
        "在群里做数据标注的公司能领吗",
    ],
)
def test_what_is_no_such_wish_stays_apart(text: str) -> None:
    assert not asks_in_public(text)
    assert "31.8" not in said_in_group(turn(after(*COMPANY), "看结果").state, text)[1]


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        ("发群里", "看结果", "看结果"),
        ("那就发群里吧", "依据1", "依据1"),
        ("发群里", "我的资料", "我的资料"),
        ("发群里", "小巨人", "看结果"),
        ("把依据2发群里", "看结果", "把依据2发群里"),
        ("看结果", "依据1", "看结果"),
    ],
)
def test_the_mere_wish_repeats_what_was_asked_before(text: str, before: str, meant: str) -> None:
    assert spelled_out_in_public(text, before) == meant


def test_the_wish_counts_for_one_message_only() -> None:
    state, shown, _ = said_in_group(after(*COMPANY), "把结果发群里")

    assert "31.8 万元" in shown
    assert "31.8" not in said_in_group(state, "看结果")[1]


def test_of_an_act_that_nobody_has_judged_nothing_is_shown() -> None:
    unheard_of: Act = ShowProfile((), ())

    parted = part((unheard_of,), can_whisper=True)

    assert parted.public == (Tell(Notice.SENT_PRIVATELY),)
    assert unheard_of in parted.private


def test_what_was_recorded_goes_along_with_the_result_and_else_stays_unsaid() -> None:
    recorded = turn(after("亦庄"), "小巨人").acts
    result = turn(after(*COMPANY), "看结果").acts

    alone, together = (part(acts, can_whisper=True) for acts in (recorded, (*recorded[:1], *result)))

    assert alone.private == ()
    assert [type(act) for act in alone.public] == [NoteLabels, Ask]
    assert [type(act) for act in together.private] == [Tell, Record, ShowResult, FirmUp]


def test_a_sum_to_choose_from_is_asked_for_plainly() -> None:
    acts = turn(after("亦庄", "小巨人", "保费13万"), "保费又加了两笔，10万，20万").acts
    offered = [act for act in acts if isinstance(act, Clarify)]

    shown = part(acts, can_whisper=True).public

    assert offered
    assert not [act for act in shown if isinstance(act, Clarify)]


def test_the_first_words_in_a_group_say_what_stays_apart() -> None:
    assert part((Welcome(3),), can_whisper=True).public == (Welcome(3), Tell(Notice.IN_GROUP))


def test_in_a_group_a_hand_off_names_no_policy_of_the_company() -> None:
    act = next(act for act in turn(turn(after(*COMPANY), "看结果").state, "转人工").acts if isinstance(act, HandOff))

    parted = part((replace(act, number="1234-5678"),), can_whisper=True)

    assert act.is_of_company
    assert parted.public[0] == replace(act, subject="", contacts=(), number="1234-5678")
    assert parted.private[1:] == (replace(act, number="1234-5678"),)
    assert {field.name for field in fields(act)} >= {"subject", "contacts"}
