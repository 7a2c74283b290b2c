"""Content that changes all the time: a turn is of one version, and no edit stops a conversation or spoils it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.bundle import Bundle
from bot.dialog.state import State
from bot.messages import InboundMessage
from bot.policy.values import value_from_json, value_to_json
from bot.responder import ContentResponder
from bot.sessions.base import SessionKey, StoredSession, TurnRecord
from bot.sessions.codec import decode_state
from bot.sessions.memory import MemoryStore
from bot.turns import Said, Trouble, TurnHandler
from tests.content_fixture import shipped_bundle
from tests.editions import EDITS, KEY, NOW, edition, hand_over

CLAIMS = "亦庄，小巨人，科技保险交了86.2万，没有处罚、失信和刑事记录"
TALK = ("亦庄", "创新型中小企业", "小巨人", "1", "2", "看结果", "依据1", "更多", "返回") * 4


class Restless(MemoryStore):
    """A store during each of whose calls the content is replaced."""

    def __init__(self, replace_content: Callable[[], None]) -> None:
        super().__init__()
        self._replace = replace_content

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        self._replace()
        kept = await super().load(key, message_id)
        self._replace()
        return kept

    async def commit(self, turn: TurnRecord) -> None:
        self._replace()
        await super().commit(turn)
        self._replace()


async def test_a_turn_sees_one_content_only_however_often_it_is_replaced() -> None:
    bundles = cycle([shipped_bundle(), *(edition(name) for name in ("value gone", "tier gone", "greeting"))])
    in_use = [next(bundles)]
    store = Restless(lambda: in_use.__setitem__(0, next(bundles)))
    await store.open()
    responder = ContentResponder(lambda: in_use[0], "web", retention_days=30)
    troubles: list[Trouble] = []
    turns = TurnHandler(store, responder, lambda: in_use[0].guide.knowledge.attributes, troubles.append)
    known = {bundle.version: bundle for bundle in (shipped_bundle(), *(edition(name) for name in EDITS))}

    for number, text in enumerate(
        ("亦庄", "创新型中小企业", "小巨人", "1", "2", "看结果", "依据1", "更多", "返回") * 4
    ):
        reply = await turns.handle(InboundMessage("web", "c1", f"m{number}", text, NOW))

        attributes = known[reply.content_version].guide.knowledge.attributes
        raw = (await store.load(KEY)).state or b""
        assert reply.profile.keys() <= attributes.keys()
        assert all(value_from_json(attributes[name], value) for name, value in reply.profile.items() if value)
        assert decode_state(KEY, raw, attributes).content_version == reply.content_version
    assert troubles == []


TEXTS = (
    *(
        "",
        "1",
        "2",
        "3",
        "9",
        "19",
        "1、2",
        "是",
        "没有",
        "都没有",
        "不清楚",
        "跳过",
        "返回",
        "看结果",
        "更多",
        "依据1",
    ),
    *(
        "亦庄",
        "海淀",
        "市级",
        "小巨人",
        "创新型中小企业",
        "是首次",
        "科技保险交了86.2万",
        "50万",
        "2025年3月",
        "改成通州",
    ),
    *("我要改注册地", "修改专精特新", "我的资料", "为什么问这个", "重新开始", "恢复", "确定", "先不了", "删除我的资料"),
    *(
        "受过处罚",
        "有其中一样",
        "按2027-12-31算",
        "转人工",
        "你好",
        "谢谢",
        "追加后一共十六万",
        "数据券怎么补",
        "依据7",
        CLAIMS,
    ),
)
NAMES = ("", *EDITS)
TALKS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)), min_size=2, max_size=14)


def bundle_of(name: str) -> Bundle:
    return edition(name) if name else shipped_bundle()


def is_in(bundle: Bundle, state: State) -> bool:
    """Whether every value that counts, and the open question, is one of the content."""
    attributes = bundle.guide.knowledge.attributes
    is_known = all(
        value_from_json(attributes[name], value_to_json(value)) == value for name, value in state.profile.values.items()
    )
    asked = state.pending.attribute if state.pending else ""
    return is_known and (not asked or asked in bundle.guide.lexicon.questions)


@settings(max_examples=60)
@given(TALKS)
def test_no_edit_between_turns_stops_a_conversation_or_leaves_a_value_that_the_content_lacks(
    talk: list[tuple[str, str]],
) -> None:
    state, bundle, now = State(), shipped_bundle(), NOW
    for name, text in talk:
        state, bundle, now = hand_over(state, bundle, bundle_of(name)), bundle_of(name), now + timedelta(hours=9)

        said = Said(text, now, is_group=False)
        response = ContentResponder(lambda: bundle, "web", retention_days=30).respond(state, said)  # noqa: B023

        assert is_in(bundle, response.state)
        assert response.content_version == bundle.version
        state = response.state
