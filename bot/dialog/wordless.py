"""What is said to a message that has no words: a chat that was opened, a voice, a picture, a place on the map."""

from dataclasses import replace

from bot.dialog.acts import Act, Notice, Tell
from bot.dialog.clarifying import REGION, offer, with_region_asked
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import PendingKind, State
from bot.messages import Form
from bot.understanding.meaning import Answer, Outcome
from bot.understanding.questions import Choice
from bot.understanding.reading import read

_SAID = {
    Form.VOICE: Notice.VOICE,
    Form.IMAGE: Notice.IMAGE,
    Form.VIDEO: Notice.VIDEO,
    Form.FILE: Notice.FILE,
    Form.LOCATION: Notice.LOCATION,
    Form.LINK: Notice.LINK,
    Form.OTHER: Notice.OTHER_FORM,
}


def hear_wordless(state: State, opening: tuple[Act, ...], form: Form, text: str, moment: Moment) -> Move:
    """What it leads to. Nothing is recorded of it: a place on the map is only offered, to be confirmed as the one of
    registration. Who opens the chat again soon reads nothing new."""
    if form is Form.ENTER and not opening:
        return Move(state, (), Then.STOP)
    then = Then.NEXT if state.pending is None else Then.REPEAT
    if form not in _SAID:
        return Move(state, opening, then)
    said = (*opening, Tell(_SAID[form]))
    offered = _offer_region(state, text, moment) if form is Form.LOCATION else None
    return Move(state, said, then) if offered is None else replace(offered, acts=(*said, *offered.acts))


def _offer_region(state: State, label: str, moment: Moment) -> Move | None:
    """The region of the place among the options, where the place of registration is still to be asked for."""
    attribute = moment.guide.knowledge.attributes.get(REGION)
    if attribute is None or REGION in state.profile.values or not _can_be_interrupted(state):
        return None
    question = moment.guide.question(REGION)
    answer = read(label, question, moment.guide.lexicon, moment.on).answer
    named = _named(answer, question.choices)
    if not named:
        return None
    offered = offer(with_region_asked(state), question, named, moment)
    return replace(offered, state=replace(offered.state, misses=state.misses))  # nothing was said that was missed


def _can_be_interrupted(state: State) -> bool:
    return state.pending is None or state.pending.kind is PendingKind.QUESTION


def _named(answer: Answer | None, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    if answer is None:
        return ()
    values = {answer.value} if answer.outcome is Outcome.VALUE else {*answer.candidates}
    return tuple(choice for choice in choices if choice.value in values)
