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
