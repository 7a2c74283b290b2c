"""Which topics are asked about: only those that were picked, or of which something of their own is known."""

import pytest

from bot.dialog.state import PendingKind
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import after, turn

ZONE = "公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过"


@pytest.mark.parametrize("last", ["没有", "30万"], ids=["no other award", "another award"])
def test_an_attribute_that_topics_share_does_not_pick_the_others(last: str) -> None:
    topic = next(topic for topic in shipped_bundle().guide.flow.topics if topic.id == "scenario")
    state = after(ZONE, "标杆场景")
    asked = set[str]()
    for text in ("600万", "100万", "有", last, last):
        pending = state.pending
        if pending is not None and pending.kind is PendingKind.QUESTION:
            asked.add(pending.attribute)
        state = turn(state, text).state

    assert "scenario_cost" in asked
    assert asked - set(topic.attributes) <= {"high_tech", "operating_regions"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("我们有出境业务", "cross_border"),
        ("公司也有跨境的数据", "cross_border"),
        ("我们有数据标注平台", "platform"),
        ("牵头起草了两个标准", "standards"),
        ("去年建了数据中心", "datacentre"),
        ("我们做了个标杆场景", "scenario"),
    ],
)
def test_what_the_company_only_says_to_have_or_do_is_asked_about(text: str, topic: str) -> None:
    attributes = next(each for each in shipped_bundle().guide.flow.topics if each.id == topic).attributes

    pending = turn(after("公司注册在亦庄，小巨人"), text).state.pending

    assert pending is not None
    assert {pending.attribute, *pending.options} & set(attributes)


@pytest.mark.parametrize(
    "text", ["我们没有出境业务", "客户有出境业务", "不做数据标注平台", "别人家建了数据中心", "我们做了三年软件"]
)
def test_what_is_denied_or_of_others_is_not_asked_about(text: str) -> None:
    before = after("公司注册在亦庄，小巨人")

    pending = turn(before, text).state.pending

    assert before.pending is not None
    assert pending is not None
    assert pending.attribute == before.pending.attribute
