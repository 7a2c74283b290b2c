"""The pending question as an act, and what a plain choice of one of its options means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never
from zlib import crc32

from bot.dialog.acts import Act, Ask, AskPremises, AskSeveral, Notice, Tell
from bot.dialog.bounds import Line, sum_choices
from bot.dialog.flows import NONE_OF_THESE, UNSURE, Guide, topic_choices
from bot.dialog.stakes import Stake
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.valuing import Worth
from bot.policy.money import Interval
from bot.understanding.questions import AnswerType, Choice, Question

CONFIRM = (Choice("yes", "确定"), Choice("no", "先不了"))


def question_of(pending: Pending | None, guide: Guide) -> Question | None:
    """The question about one attribute that is pending, if any."""
    if pending is None or pending.kind is not PendingKind.QUESTION:
        return None
    return guide.lexicon.questions.get(pending.attribute)


def options_of(pending: Pending, guide: Guide) -> tuple[Choice, ...]:
    """The options of a pending question, in the order shown."""
    key = (options_of, pending.kind, pending.attribute, pending.options)
    return guide.remembered(key, lambda: _options_of(pending, guide))


def _options_of(pending: Pending, guide: Guide) -> tuple[Choice, ...]:
    match pending.kind:
        case PendingKind.QUESTION:
            question = guide.question(pending.attribute)
            sums = sum_choices(pending.options) if question.type is AnswerType.AMOUNT else ()
            return (*sums, UNSURE) if sums else with_unsure(question)
        case PendingKind.TOPICS:
            return topic_choices(tuple(t for t in guide.flow.topics if t.id in pending.options))
        case PendingKind.TOGETHER:
            return (*_attribute_choices(asked_together(pending, guide), guide), NONE_OF_THESE, UNSURE)
        case PendingKind.PREMISES:
            return (*guide.flow.premise_choices, UNSURE)
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return CONFIRM
        case _ as unreachable:
            assert_never(unreachable)


def asked_together(pending: Pending, guide: Guide) -> tuple[str, ...]:
    """The attributes of a joint question, those that the content still has."""
    return tuple(name for name in pending.options if name in guide.lexicon.questions)


def _attribute_choices(names: Iterable[str], guide: Guide) -> tuple[Choice, ...]:
    return tuple(Choice(name, guide.knowledge.attributes[name].label, guide.question(name).cues) for name in names)


def open_premises(state: State, guide: Guide) -> tuple[str, ...]:
    """The attributes of the premises of which nothing is known and that were not declined."""
    settled = state.profile.values.keys() | state.declined
    return tuple(name for name in guide.flow.premises if name not in settled)


def with_unsure(question: Question) -> tuple[Choice, ...]:
    """The options of a question, and the one that leaves it open; none for a question without options."""
    if not question.choices:
        return ()
    unsure = Choice(UNSURE.value, question.unsure, UNSURE.words) if question.unsure else UNSURE
    return (*question.choices, unsure)


def is_askable(pending: Pending, state: State, guide: Guide) -> bool:
    """Whether the content has what the question asks for."""
    match pending.kind:
        case PendingKind.QUESTION:
            return pending.attribute in guide.lexicon.questions
        case PendingKind.TOPICS:
            return any(topic.id in pending.options for topic in guide.flow.topics)
        case PendingKind.TOGETHER:
            return bool(asked_together(pending, guide))
        case PendingKind.PREMISES:
            return bool(open_premises(state, guide))
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return True
        case _ as unreachable:
            assert_never(unreachable)


def wording_of(pending: Pending, state: State, guide: Guide) -> str:
    """A mark of all that is shown with the question; empty for a confirmation, whose meaning is the program's."""
    match pending.kind:
        case PendingKind.QUESTION:
            question = guide.question(pending.attribute)
            return guide.remembered((wording_of, question.id), lambda: _wording_of(question))
        case PendingKind.TOPICS:
            return _mark(tuple((t.id, t.label) for t in guide.flow.topics if t.id in pending.options))
        case PendingKind.TOGETHER:
            return _mark(_shown(_attribute_choices(asked_together(pending, guide), guide)))
        case PendingKind.PREMISES:
            flow, names = guide.flow, open_premises(state, guide)
            said = tuple((name, flow.premises[name]) for name in names)
            return _mark(flow.premises_prompt, said, _shown(flow.premise_choices))
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return ""
        case _ as unreachable:
            assert_never(unreachable)


def _wording_of(question: Question) -> str:
    return _mark(question.type.value, question.prompt, _shown(question.choices), question.unsure)


def _shown(choices: Iterable[Choice]) -> tuple[tuple[str, str], ...]:
    return tuple((choice.value, choice.label) for choice in choices)


def _mark(*shown: object) -> str:
    return f"{crc32(repr(shown).encode()):08x}"


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the act of a pending question is made of."""

    state: State
    pending: Pending
    options: tuple[Choice, ...]
    worth: Mapping[str, Worth]
    stake: Stake | None
    guide: Guide
    is_repeated: bool

    def act(self) -> Act:
        match self.pending.kind:
            case PendingKind.QUESTION:
                return self._question()
            case PendingKind.TOPICS:
                return self._topics()
            case PendingKind.TOGETHER:
                return self._together()
            case PendingKind.PREMISES:
                return self._premises()
            case PendingKind.CONFIRM_DELETE:
                return Tell(Notice.CONFIRM_DELETE)
            case PendingKind.CONFIRM_RESTART:
                return Tell(Notice.CONFIRM_RESTART)
            case _ as unreachable:
                assert_never(unreachable)

    def _question(self) -> Act:
        name = self.pending.attribute
        value = self.state.profile.values.get(name)
        known = value if isinstance(value, Interval) else None
        line = _line(self.pending, self.worth)
        question = self.guide.question(name)
        if line is None:
            return Ask(question, self.options, self.stake, self.is_repeated, known)
        return Ask(question, self.options, self.stake, self.is_repeated, known, line.threshold, line.is_strict)

    def _topics(self) -> Act:
        is_more = self.state.topics is not None
        flow = self.guide.flow
        prompt = flow.more_topics_prompt if is_more else flow.topics_prompt
        return AskSeveral(prompt, self.options, self.is_repeated, is_more, self.stake)

    def _together(self) -> Act:
        """With the introduction of the topic to which all that is asked belongs, the first time."""
        asked, known = set(asked_together(self.pending, self.guide)), self.state.profile.values
        flow = self.guide.flow
        topic = next((t for t in flow.topics if t.together and asked <= set(t.attributes)), None)
        is_more = topic is not None and any(isinstance(known.get(name), bool) for name in topic.attributes)
        prompt = flow.topics_prompt if topic is None else topic.together
        prompt = flow.more_topics_prompt if is_more else prompt
        return AskSeveral(prompt, self.options, self.is_repeated, is_more, self.stake)

    def _premises(self) -> Act:
        flow = self.guide.flow
        premises = tuple(flow.premises[name] for name in open_premises(self.state, self.guide))
        return AskPremises(flow.premises_prompt, premises, self.options, self.is_repeated, self.stake)


def ask(
    state: State, worth: Mapping[str, Worth], stake: Stake | None, guide: Guide, *, is_repeated: bool = False
) -> tuple[State, Act]:
    """The act that puts the pending question, and the state that remembers the options as shown."""
    if state.pending is None:
        raise ValueError("nothing is pending")
    pending = state.pending
    if (line := _line(pending, worth)) is not None:
        pending = replace(pending, options=(line.over, line.under))
    options = options_of(pending, guide)
    act = _Asking(state, pending, options, worth, stake, guide, is_repeated).act()
    is_list = pending.kind in (PendingKind.TOPICS, PendingKind.TOGETHER)
    shown = pending.options if is_list else tuple(option.value for option in options)
    return replace(state, pending=replace(pending, options=shown, wording=wording_of(pending, state, guide))), act


def _line(pending: Pending, worth: Mapping[str, Worth]) -> Line | None:
    """The line on one side of which the sum lies that is asked for, if that is all there is to know."""
    known = worth.get(pending.attribute) if pending.kind is PendingKind.QUESTION else None
    return None if known is None else known.line


def picked(text: str, options: tuple[Choice, ...]) -> str | None:
    """The option that the text names by its number, or exactly by its label or a word for it; None when by neither."""
    plain = text.strip().strip("。.、,，!！~()（）[]【】 ")
    if plain.isdecimal() and 0 < int(plain) <= len(options) and len(plain) < 3:
        return options[int(plain) - 1].value
    return next((option.value for option in options if plain == option.label), None)


def worded(text: str, options: tuple[Choice, ...]) -> str | None:
    """The option for which the text, marks and closing particles aside, is one of the words."""
    plain = text.strip().strip("。.、,，!！?？~ ").rstrip("的了呢啊呀哦哈吧")
    words = {word.rstrip("的了"): option.value for option in options for word in option.words}
    return words.get(plain)
