"""Whoever corrects, cancels, goes back and changes company at random breaks nothing and mixes nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.state import State
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state, encode_state
from tests.content_fixture import shipped_bundle
from tests.dialog.saying import read_out
from tests.dialog.talks import turn

SAYINGS = (
    "亦庄，小巨人",
    "我们注册在海淀",
    "没有买科技保险",
    "保费30万",
    "注册地改成通州",
    "没有",
    "1",
    "2",
    "3",
    "4",
    "算了",
    "取消",
    "看结果",
    "更多",
    "选项",
    "再说一遍",
    "返回",
    "退回三步",
    "上上题",
    "回到注册地那题",
    "另一家公司呢",
    "帮我朋友的公司看看，他们在通州",
    "回到第一家",
    "换到第二家",
    "乙公司保费20万",
    "第一次登记，花了7.4万",
    "那科技保险呢",
    "买了",
    "12万3",
    "👍",
    "不清楚",
    "这个不方便透露",
    "呼啦呼啦",
    "你真笨",
    "重新开始",
    "恢复",
    "删除我的资料",
    "确定",
    "先不了",
    "数据券怎么补",
    "再见",
)
KEY = SessionKey("web", "c1")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SAYINGS), max_size=25))
def test_every_turn_says_something_and_its_state_can_be_stored(texts: list[str]) -> None:
    state, attributes = State(), shipped_bundle().guide.knowledge.attributes
    for text in texts:
        done = turn(state, text)
        assert read_out(done)
        state = done.state
        assert decode_state(KEY, encode_state(state, attributes), attributes) == state


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SAYINGS), max_size=20))
def test_an_offer_lasts_one_turn_or_is_put_again(texts: list[str]) -> None:
    state = State()
    for text in texts:
        before, done = state.offer, turn(state, text)
        state = done.state
        assert state.offer is None or state.offer is not before


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(("不清楚", "跳过", "不方便说", "保密", "你好", "谢谢", "再说一遍", "数据券怎么补", "算了")),
        max_size=15,
    )
)
def test_who_tells_nothing_has_nothing_recorded(texts: list[str]) -> None:
    state = State()
    for text in texts:
        state = turn(state, text).state

    assert not state.profile.values
