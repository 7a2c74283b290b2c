"""A conversation played through the very turns of the server, and where the answers are not what staff expect."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time

from bot.app import build_memory_store, build_turns
from bot.batch.replaying import Replay
from bot.cases.case_files import NOTHING, PREMISES, TOPICS
from bot.cases.conversation_files import Conversation, Turn
from bot.content.bundle import Bundle
from bot.content.problems import Problem
from bot.dialog.state import PendingKind, State
from bot.errors import RequestError
from bot.policy.attributes import Attribute
from bot.rendering.sentences import say_value
from bot.responder import BEIJING
from bot.turns import Trouble

JOINT = {PendingKind.TOPICS: TOPICS, PendingKind.PREMISES: PREMISES}
LONGEST = 200


async def mismatches_of(conversation: Conversation, bundle: Bundle) -> tuple[Problem, ...]:
    """What was not to be seen as written, or is not known at the end, each at its place."""
    store = build_memory_store()
    troubles: list[Trouble] = []
    await store.open()
    now = datetime.combine(conversation.on, time(9), BEIJING)
    turns = build_turns(bundle, store, troubles.append)  # as text, so that the options stand in the answer
    replay = Replay(turns, store, bundle, conversation.channel, now, troubles)
    found: list[Problem] = []
    try:
        for number, turn in enumerate(conversation.turns, 1):
            before = len(replay.said)
            await replay.take(turn.say)
            answer = replay.said[-1] if len(replay.said) > before else {}
            found += _unlike(turn, answer, f"对话「{conversation.name}」第 {number} 句")
        found += _unlike_at_end(conversation, await replay.state(), bundle)
    except RequestError as error:
        found.append(conversation.place.problem(f"对话「{conversation.name}」", str(error)))
    await store.close()
    return tuple(found)


def _unlike(turn: Turn, given: Mapping[str, str], where: str) -> Iterator[Problem]:
    answer, whispered = given.get("bot", ""), given.get("single", "")
    said = f"说「{turn.say}」，答的是「{_shortened(answer)}」"
    for phrase in turn.privately:
        if phrase.text not in whispered:
            yield phrase.place.problem(where, f"单聊里应发「{phrase.text}」，实际没有", said)
    for phrase in turn.shows:
        if phrase.text not in answer:
            yield phrase.place.problem(where, f"答复里应有「{phrase.text}」，实际没有", said)
    for phrase in turn.hides:
        if phrase.text in answer:
            yield phrase.place.problem(where, f"答复里不该有「{phrase.text}」", said)


def _shortened(answer: str) -> str:
    one_line = " ".join(answer.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[:LONGEST]}……"


def _unlike_at_end(conversation: Conversation, state: State, bundle: Bundle) -> Iterator[Problem]:
    attributes = bundle.guide.knowledge.attributes
    where = f"对话「{conversation.name}」结束时"
    known = state.profile.values
    for name, value in conversation.knows.values.items():
        if known.get(name) != value:
            got = _said(attributes[name], state)
            what = f"{attributes[name].label}（{name}）应为{say_value(attributes[name], value)}，实际是{got}"
            yield conversation.place.problem(where, what)
    for name in conversation.knows_not:
        if name in known:
            got = _said(attributes[name], state)
            yield conversation.place.problem(where, f"不该知道{attributes[name].label}（{name}），实际是{got}")
    waits_for = waited_for(state)
    if conversation.waits_for is not None and waits_for != conversation.waits_for:
        yield conversation.place.problem(where, f"应在等 {conversation.waits_for} 的回答，实际在等 {waits_for}")


def waited_for(state: State) -> str:
    """The question that is open: an attribute, one of the joint questions, or none."""
    if state.pending is None:
        return NOTHING
    return JOINT.get(state.pending.kind, state.pending.attribute or state.pending.kind.value)


def _said(attribute: Attribute, state: State) -> str:
    value = state.profile.values.get(attribute.name)
    return "不知道" if value is None else say_value(attribute, value)
