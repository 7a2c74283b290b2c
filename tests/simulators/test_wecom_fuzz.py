"""Whatever JSON comes, the simulated WeCom answers it or says what is wrong; it never breaks down itself."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulators.wecom import WeCom
from tests.simulators.wecom.bot_replies import MESSAGE_ANSWERS, PUSHES, UPDATES, Asked, BotChat
from tests.simulators.wecom.inbox import show_card
from tests.simulators.wecom.platform import Call, Json, Refused

WEIRD: list[Any] = [None, True, -1, 0, 1, 1.5, 10**12, "", "x", "政" * 700, [], [None], [[]], {}, {"": 0}, {"id": []}]
TITLE = {"main_title": {"title": "甲", "desc": "乙"}}
SUBMIT = {"submit_button": {"text": "提交", "key": "s"}, "task_id": "t-1"}
OPTIONS = [{"id": "a", "text": "甲"}]
LINK = {"type": 1, "url": "https://example.invalid", "title": "丙"}
MENU = {"action_menu": {"desc": "丁", "action_list": [{"text": "甲", "key": "a"}]}, "task_id": "t-1"}
BUTTONS = {"button_list": [{"type": 0, "text": "甲", "style": 1, "key": "a"}], "task_id": "t-1"}
CHECKBOX = {"checkbox": {"question_key": "q", "mode": 1, "option_list": [{**OPTIONS[0], "is_checked": True}]}}
CARDS: list[Json] = [
    {"card_type": "text_notice", **TITLE, **MENU, "card_action": LINK | {"title": "x"}, "jump_list": [LINK]},
    {"card_type": "news_notice", **TITLE, "card_action": {"type": 1, "url": "x"}, "card_image": {"url": "x"}},
    {"card_type": "button_interaction", **TITLE, **BUTTONS, "horizontal_content_list": [{"keyname": "a"}]},
    {"card_type": "vote_interaction", **TITLE, **SUBMIT, **CHECKBOX},
    {
        "card_type": "multiple_interaction",
        **TITLE,
        **SUBMIT,
        "select_list": [{"question_key": "q", "option_list": OPTIONS}],
    },
]
APP = {"touser": "zhangsan", "agentid": 1000002}
UPDATE = {"userids": ["zhangsan"], "agentid": 1000002, "response_code": "RC"}
KF = {"touser": "wm1", "open_kfid": "wk0000000001"}
WHO = {"open_kfid": "wk0000000001", "external_userid": "wm1"}
CLICKS = {"head_content": "甲", "list": [{"type": "click", "click": {"id": "a", "content": "甲"}}]}
CALLS: list[tuple[str, Json]] = [
    *(("send", {**APP, "msgtype": "template_card", "template_card": card}) for card in CARDS),
    *(("update", {**UPDATE, "template_card": card}) for card in CARDS),
    ("send", {**APP, "msgtype": "text", "text": {"content": "甲"}, "duplicate_check_interval": 60}),
    ("update", {**UPDATE, "button": {"replace_name": "甲"}}),
    ("kf_send", {**KF, "msgtype": "msgmenu", "msgmenu": CLICKS, "msgid": "m"}),
    ("on_event", {"code": "CODE", "msgtype": "text", "text": {"content": "甲"}}),
    ("sync", {"open_kfid": "wk0000000001", "cursor": "cursor-0", "limit": 10, "voice_format": 0}),
    ("state", WHO),
    ("transfer", {**WHO, "service_state": 3, "servicer_userid": "li"}),
    ("webhook", {"msgtype": "template_card", "template_card": CARDS[0]}),
]
REPLIES: list[Json] = [
    {"msgtype": "stream", "stream": {"id": "S", "finish": True, "content": "甲", "feedback": {"id": "F"}}},
    *({"msgtype": "template_card", "template_card": card} for card in CARDS),
    *({"response_type": "update_template_card", "userids": ["a"], "template_card": card} for card in CARDS),
    {"msgtype": "markdown", "markdown": {"content": "甲"}},
]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a body with one of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        yield value, key
        yield from places(value[key])


@st.composite
def spoiled(draw: st.DrawFn, bodies: list[Any]) -> Any:
    """One of the bodies with something else at one or two of its places, or under a name of its own."""
    body = copy.deepcopy(draw(st.sampled_from(bodies)))
    for _ in range(draw(st.integers(1, 2))):
        container, key = draw(st.sampled_from(list(places([body]))))
        container[key] = copy.deepcopy(draw(st.sampled_from(WEIRD)))
    return body


def world() -> WeCom:
    """A WeCom that is not started, with one of everybody."""
    wecom = WeCom()
    wecom.member("zhangsan")
    wecom.kf.hear(wecom.customer("wm1").session)
    return wecom


def handlers(wecom: WeCom) -> dict[str, Callable[[Call], Json]]:
    kf, messages = wecom.kf_api, wecom.messages
    made = {"send": messages.send, "update": messages.update, "webhook": wecom.webhook.send}
    made |= {"sync": kf.sync, "kf_send": kf.send, "on_event": kf.send_on_event}
    return {**made, "state": kf.get_state, "transfer": kf.transfer}


def is_taken_or_refused(take: Callable[[], object]) -> bool:
    """Whether it was taken, or refused with an errcode."""
    try:
        take()
    except Refused as refused:
        return refused.errcode != 0
    return True


def test_all_that_is_spoiled_was_right_before() -> None:
    wecom = world()
    calls = [(name, body) for name, body in CALLS if name in {"sync", "state", "kf_send"}]

    for name, body in calls:
        handlers(wecom)[name](Call("/x", {}, b"", body, 0.0))

    assert wecom.violations == []


@settings(max_examples=400)
@given(
    call=spoiled([[name, body] for name, body in CALLS]).filter(lambda call: isinstance(call, list) and len(call) > 1)
)
def test_any_body_is_answered(call: list[Any]) -> None:
    wecom = world()
    handler = handlers(wecom).get(str(call[0]))
    query = {"key": wecom.webhook.key}

    if handler is not None and isinstance(call[1], dict):
        assert is_taken_or_refused(lambda: handler(Call("/x", query, b"", call[1], 0.0)))


@settings(max_examples=300)
@given(reply=spoiled(REPLIES).filter(lambda reply: isinstance(reply, dict)))
def test_any_reply_of_the_bot_is_taken_or_refused(reply: Json) -> None:
    wecom = world()
    shown = show_card({"card_type": "button_interaction", "task_id": "t-1"}, 0.0)
    allowed = MESSAGE_ANSWERS | UPDATES | PUSHES
    asked = Asked(BotChat("c", is_group=True), "zhangsan", {}, allowed, 0.0, shown)

    assert is_taken_or_refused(lambda: wecom.bot_replies.take(reply, asked, allowed))
