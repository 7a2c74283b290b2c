"""The thinking part of a turn: the dialog with the content in use, put into words for one kind of channel."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from time import perf_counter

from bot.content.bundle import Bundle
from bot.dialog.acts import Act, HandOff, Notice, NotUnderstood, Tell
from bot.dialog.audience import Parted, answers_for_anyone, asks_in_public, part, spelled_out_in_public
from bot.dialog.exchanges import with_exchange
from bot.dialog.handing_off import numbered, wants_person
from bot.dialog.machine import Transition, advance
from bot.dialog.result_acts import ShowResult, ShowSummary
from bot.dialog.state import State
from bot.messages import OutboundMessage, Target
from bot.observing import Mark, Stage
from bot.policy.attributes import Profile
from bot.rendering.renderer import Renderer
from bot.turns import Response, Said

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The zone in which a policy's days begin; it has had no summer time since 1991."""
REHEARSAL = (
    "",
    "亦庄，小巨人",
    "1",
    "科技保险交了86.2万",
    "数据券怎么补",
    "不清楚",
    "看结果",
    "依据1",
    "更多",
    "我的资料",
    "导出我的资料",
    "转人工",
)
"""What is said on new content before anybody else says something on it."""


class ContentResponder:
    """Answers with the bundle that is current when the turn begins."""

    def __init__(self, bundle: Callable[[], Bundle], kind: str, *, retention_days: int) -> None:
        self._bundle = bundle
        self._kind = kind
        self._retention_days = retention_days

    def respond(self, state: State, said: Said) -> Response:
        """The messages that answer what was said, and the state after it."""
        bundle, now = self._bundle(), said.now.astimezone(BEIJING)
        is_outdated = _is_outdated(said.question, state)
        text, start = "" if is_outdated else _text_of(said, state), perf_counter()
        transition = advance(state, text, now, bundle.guide, said.form)
        number = (transition.state.hand_off or said.number) if wants_person(transition.acts) else ""
        parted = Parted(numbered(transition.acts, number))
        if said.is_group and not asks_in_public(said.text):
            anyone = answers_for_anyone(parted.public, state, text, now, bundle.guide)
            parted = part(parted.public, anyone, can_whisper=said.can_whisper)
        thought = perf_counter()
        messages = self._render(parted, transition.state, bundle)
        marks, version = _marks_of(transition), bundle.version
        stages = {Stage.THINKING: thought - start, Stage.RENDERING: perf_counter() - thought}
        if transition.forget:
            return Response(
                transition.state, messages, None, forget=True, content_version=version, marks=marks, stages=stages
            )
        after = replace(transition.state, hand_off=number) if number else transition.state
        after = with_exchange(after, said.text, _answer_in(messages), now)
        asked = after.pending.attribute or None if after.pending else None
        return Response(after, messages, asked, False, version, number, is_outdated, marks, stages)

    def _render(self, parted: Parted, state: State, bundle: Bundle) -> tuple[OutboundMessage, ...]:
        """The messages to the chat, then those to the single chat of who asked, which have no buttons there."""
        templates, hotline = bundle.templates[self._kind], bundle.guide.knowledge.hotline
        renderer = Renderer(templates, bundle.notices, hotline, self._retention_days)
        shown = renderer.render(parted.public, Profile() if parted.is_for_group else state.profile)
        whispered = renderer.render(parted.private, state.profile)
        return (*shown, *(replace(one, options=(), target=Target.SINGLE) for one in whispered))


def _marks_of(transition: Transition) -> frozenset[Mark]:
    """What the turn came to."""
    marks = {mark for act in transition.acts if (mark := _mark_of(act))}
    return frozenset(marks | ({Mark.FORGOTTEN} if transition.forget else set()))


def _mark_of(act: Act) -> Mark | None:
    match act:
        case NotUnderstood():
            return Mark.NOT_UNDERSTOOD
        case Tell(Notice.NOT_FOUND):
            return Mark.NOT_FOUND
        case Tell(Notice.OUT_OF_SCOPE):
            return Mark.OUT_OF_SCOPE
        case ShowResult() | ShowSummary():
            return Mark.RESULT
        case HandOff():
            return Mark.HAND_OFF
        case _:
            return None


def _text_of(said: Said, state: State) -> str:
    before = state.exchanges[-1].said if state.exchanges else ""
    return spelled_out_in_public(said.text, before) if said.is_group else said.text


def _answer_in(messages: Sequence[OutboundMessage]) -> str:
    """What is remembered of an answer: the part for the one who asked, where there is one; no copy of what is kept."""
    texts = [one for one in messages if not one.file]
    whispered = [one for one in texts if one.target is Target.SINGLE]
    return "\n".join(one.text for one in whispered or texts)


def rehearse(bundle: Bundle, now: datetime) -> None:
    """Hold a short conversation on the content: what fails in it fails here, and what is made on first use is made."""
    for kind in bundle.templates:
        responder, state = ContentResponder(lambda: bundle, kind, retention_days=1), State()
        for text in REHEARSAL:
            state = responder.respond(state, Said(text, now, is_group=False)).state


def _is_outdated(question: str | None, state: State) -> bool:
    """Whether an option was taken that stood with another question than the one that is open now."""
    return question is not None and question != (state.pending.attribute if state.pending else "")
