"""What a text that is no command does: confirms, picks an option, states facts, or is not understood."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from bot.dialog.acts import Act, Notice, NotUnderstood, Tell
from bot.dialog.answering import look_up, told
from bot.dialog.asking import options_of, picked, question_of, worded
from bot.dialog.bounds import sum_choices, sum_of
from bot.dialog.clarifying import clarify, offer, what_is_meant
from bot.dialog.commands import decline, prove, restart
from bot.dialog.flows import ALL_CLEAR, UNSURE
from bot.dialog.handing_off import tell_whom
from bot.dialog.joint import answer_premises
from bot.dialog.moves import Moment, Move, Then, first_of, some_of
from bot.dialog.offers import AGAIN, HUMAN, RESULTS, SKIP, offer_ways
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.taking_back import take_back_choice, take_back_step, without
from bot.dialog.touching import touched_by
from bot.dialog.tracking import option_value, record_facts, steps_from
from bot.policy.attributes import AttributeType, Value
from bot.policy.money import Interval
from bot.understanding.answers import SECTOR
from bot.understanding.meaning import Answer, Fact, Intent, Outcome
from bot.understanding.picks import read_yes_no
from bot.understanding.polarity import stripped_forms
from bot.understanding.questions import Choice
from bot.understanding.standing import is_of_title
from bot.understanding.stated_trades import denied_trades
from bot.understanding.text import normalize
from bot.understanding.titles import Untold, untold_title

CONFIRMATIONS = {PendingKind.CONFIRM_DELETE: Intent.DELETE_DATA, PendingKind.CONFIRM_RESTART: Intent.RESTART}

MENU_AFTER = 2
"""After so many texts that meant nothing the ways to go on are put by number; after one more it is said whom to ask."""
MOST_MISSES = 3
"""Then a question is left open."""


def confirm(state: State, moment: Moment) -> Move | None:
    """Carry out or drop what waits for a yes; None when nothing waits, or the text speaks of something else."""
    pending = state.pending
    if pending is None or (intent := CONFIRMATIONS.get(pending.kind)) is None:
        return None
    meaning = moment.meaning
    choice = picked(meaning.text, options_of(pending, moment.guide))
    said = read_yes_no(meaning.text, moment.guide.lexicon) if choice is None else choice == "yes"
    agrees = said is True or meaning.command.intent is intent
    if agrees:
        return _carry_out(state, pending.kind)
    if said is False:
        return _drop(state, moment)
    if pending.kind is PendingKind.CONFIRM_RESTART and meaning.facts:
        fresh, record = record_facts(restart(state), meaning.facts, meaning.unknown, moment.guide)
        return Move(fresh, some_of(Tell(Notice.RESTARTED), record))
    return None


def _carry_out(state: State, kind: PendingKind) -> Move:
    if kind is PendingKind.CONFIRM_DELETE:
        return Move(State(), (Tell(Notice.DELETED),), Then.STOP, forget=True)
    return Move(restart(state), (Tell(Notice.RESTARTED),))


def _drop(state: State, moment: Moment) -> Move:
    """Not confirmed: everything stays, the interrupted question comes back; facts beside the no are taken."""
    is_deletion = state.pending is not None and state.pending.kind is PendingKind.CONFIRM_DELETE
    state, record = record_facts(interrupted(state), moment.meaning.facts, (), moment.guide)
    kept = Notice.KEPT if is_deletion else Notice.RESTART_CANCELLED
    return Move(state, some_of(Tell(kept), record), Then.REPEAT)


def interrupted(state: State) -> State:
    """The state with the question that a confirmation interrupted."""
    return replace(state, pending=Pending(PendingKind.QUESTION, state.asked) if state.asked else None)


def pick(state: State, moment: Moment) -> Move | None:
    """Take an option that the text names by its number or label."""
    pending = state.pending
    if pending is None or pending.kind not in (PendingKind.QUESTION, PendingKind.PREMISES):
        return None
    options = shown_options(pending, moment)
    if (several := _several(pending, options, moment)) is not None:
        return _answered(state, moment, (several,))
    option = picked(moment.meaning.text, options) or _sum_meant(options, moment)
    if option is None:
        return None
    if option == UNSURE.value:
        return decline(state, moment.guide)
    if pending.kind is PendingKind.PREMISES:
        return answer_premises(state, moment, is_clear=option == ALL_CLEAR)
    attribute = moment.guide.knowledge.attributes[pending.attribute]
    fact = Fact(attribute.name, option_value(attribute, option), moment.meaning.text)
    return _answered(state, moment, (fact,))


def _sum_meant(options: tuple[Choice, ...], moment: Moment) -> str | None:
    """The sum or the side of a line that 够 or 不到 chooses; a single sum by a mere yes."""
    sums = tuple(option for option in options if sum_of(option.value) is not None)
    if not sums or moment.meaning.asks:
        return None
    is_agreed = len(sums) == 1 and read_yes_no(moment.meaning.text, moment.guide.lexicon) is True
    forms = (moment.meaning.text, *stripped_forms(normalize(moment.meaning.text), moment.guide.lexicon))
    meant = next((value for form in forms if (value := worded(form, sums)) is not None), None)
    return sums[0].value if is_agreed else meant


def _several(pending: Pending, options: tuple[Choice, ...], moment: Moment) -> Fact | None:
    """Several options of a set, by their numbers (1、3)."""
    attribute = moment.guide.knowledge.attributes.get(pending.attribute)
    numbers = [int(number) for number in re.findall(r"\d+", moment.meaning.text)]
    is_list = re.fullmatch(r"[\d\s、,，和.及]+", moment.meaning.text.strip()) is not None
    if attribute is None or attribute.type is not AttributeType.SET or not is_list or len(numbers) < 2:
        return None
    if not all(0 < number <= len(options) for number in numbers):
        return None
    chosen = frozenset(options[number - 1].value for number in numbers) - {UNSURE.value}
    return Fact(attribute.name, chosen, moment.meaning.text) if chosen else None


def shown_options(pending: Pending, moment: Moment) -> tuple[Choice, ...]:
    """The options as the user saw them, so that a number means what stood there."""
    every = {option.value: option for option in options_of(pending, moment.guide)}
    return tuple(every[value] for value in pending.options if value in every)


def state_facts(state: State, moment: Moment) -> Move | None:
    """Record all that the text says of the enterprise; None when it says nothing."""
    facts, unknown = _said(state, moment)
    if not facts and not unknown:
        return None
    if not facts and (meant := what_is_meant(state, moment)) is not None:
        return Move(state, (meant,), Then.REPEAT)
    is_answer = {fact.attribute for fact in facts} == {state.asked}
    if is_answer and (taken_back := take_back_choice(state, moment)) is not None:
        return taken_back
    move = _answered(state, moment, facts, unknown)
    offered = _add_up(move.state, moment) or _clarified(move, moment)
    return move if offered is None else replace(offered, acts=(*move.acts, *offered.acts))


def _clarified(move: Move, moment: Moment) -> Move | None:
    """The candidates for the pending question, where the text tells other things and leaves this one open."""
    answer = moment.meaning.answer
    is_open = move.then is Then.REPEAT and answer is not None and not answer.is_counter_question
    return clarify(move.state, moment) if is_open and not moment.meaning.asks else None


def _answered(state: State, moment: Moment, facts: tuple[Fact, ...], unknown: tuple[str, ...] = ()) -> Move:
    names = {fact.attribute for fact in facts} | set(unknown)
    before, pending = state, state.pending
    is_settled = pending is None or pending.kind is not PendingKind.QUESTION or pending.attribute in names
    values = {fact.attribute: fact.value for fact in facts}
    vague = names & _ranges(state.profile.values) & (_ranges(values) | set(unknown))
    steps, pending = steps_from(state), None if is_settled else pending
    state, record = record_facts(state, facts, unknown, moment.guide)
    state = replace(state, steps=steps, declined=state.declined | vague, pending=pending, misses=0)
    answer = _also_asked(before, state, moment) if moment.meaning.asks else ()
    return Move(state, some_of(record, *answer), Then.NEXT if is_settled else Then.REPEAT)


def _also_asked(before: State, state: State, moment: Moment) -> tuple[Act, ...]:
    """The answer to what the text asks beside what it tells; 这是啥 asks of the question that was open before."""
    meant = what_is_meant(before, moment)
    return told(look_up(moment), state, moment) if meant is None else (meant,)


def _ranges(values: Mapping[str, Value]) -> frozenset[str]:
    """The attributes of which only a range is known; one that stays a range is not asked for a third time."""
    return frozenset(name for name, value in values.items() if isinstance(value, Interval))


def _said(state: State, moment: Moment) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The facts and the unknown attributes of the text, the answer to the pending question among them."""
    meaning = moment.meaning
    facts = {fact.attribute: fact for fact in meaning.facts}
    unknown = list(meaning.unknown)
    question = question_of(state.pending, moment.guide)
    if question is not None and question.attribute is not None:
        _take(meaning.answer, question.attribute.name, meaning.text, (facts, unknown))
        if question.attribute.name in facts and not _speaks_of_registration(moment):
            facts.pop(question.attribute.default_from or "", None)
    command = meaning.command
    if command.slot is not None and command.slot in moment.guide.knowledge.attributes:
        _take(command.answer, command.slot, meaning.text, (facts, unknown))
    return tuple(facts.values()), tuple(name for name in unknown if name not in facts)


def _speaks_of_registration(moment: Moment) -> bool:
    return any(word in moment.meaning.text for word in moment.guide.lexicon.words.registered)


def _take(answer: Answer | None, attribute: str, text: str, into: tuple[dict[str, Fact], list[str]]) -> None:
    facts, unknown = into
    if answer is None or attribute in facts:
        return
    if answer.outcome in (Outcome.VALUE, Outcome.INTERVAL) and answer.value is not None:
        facts[attribute] = Fact(attribute, answer.value, text)
    elif answer.outcome is Outcome.UNKNOWN and attribute not in unknown:
        unknown.append(attribute)


def ask_anew(state: State, moment: Moment) -> Move | None:
    """Put the question of an attribute that a text touches but does not settle (保费又交了10万, 有过一次处罚)."""

    if moment.meaning.asks or state.is_confirming:
        return None
    if (move := first_of((_add_up, _take_back_trades, take_back_choice, take_back_step), state, moment)) is not None:
        return move
    if (name := touched_by(state, moment)) is None:
        return None
    return Move(replace(state, steps=steps_from(state), pending=Pending(PendingKind.QUESTION, name)), (), Then.ASK)


def _add_up(state: State, moment: Moment) -> Move | None:
    """Ask for the whole of what is told in parts, with what they come to as an option."""
    unsettled = next(iter(moment.meaning.unsettled), None)
    if unsettled is None or state.is_confirming:
        return None
    totals = sum_choices(unsettled.totals(state.profile.values.get(unsettled.attribute)))
    pending = Pending(PendingKind.QUESTION, unsettled.attribute)
    if state.pending != pending:
        state = replace(state, steps=steps_from(state), pending=pending)
    question = moment.guide.question(unsettled.attribute)
    return offer(state, question, totals, moment) if totals else Move(state, (), Then.ASK)


def _take_back_trades(state: State, moment: Moment) -> Move | None:
    """Keep the trades that the text does not deny of those known; where none is left, ask for them anew."""
    known = state.profile.values.get(SECTOR)
    denied = denied_trades(moment.meaning.text, moment.guide.lexicon) if isinstance(known, frozenset) else frozenset()
    if not isinstance(known, frozenset) or not known & denied:
        return None
    if known - denied:
        return _answered(state, moment, (Fact(SECTOR, known - denied, moment.meaning.text),))
    return without(SECTOR, state)


def set_apart(state: State, moment: Moment) -> Move | None:
    """Say that what is told of somebody else is not recorded as the enterprise's own."""
    meaning = moment.meaning
    if meaning.asks or meaning.command.intent is not Intent.NONE:
        return None
    notice = Notice.OF_OTHERS if meaning.is_of_others else _of_titles(state, moment)
    return None if notice is None else Move(replace(state, misses=0), (Tell(notice),), Then.REPEAT)


def _of_titles(state: State, moment: Moment) -> Notice | None:
    """Why nothing is recorded of a title that is told beside another question; None for any other text."""
    question, answer = question_of(state.pending, moment.guide), moment.meaning.answer
    if question is None or answer is None or answer.lack is not None or is_of_title(question):
        return None
    if answer.outcome is not Outcome.ASK or answer.candidates or answer.is_counter_question:
        return None
    told = untold_title(moment.meaning.text, moment.guide.lexicon)
    if told is None:
        return None
    return Notice.UNDECIDED if told is Untold.UNDECIDED else Notice.TITLE_NOT_ASKED


def pick_item(state: State, moment: Moment) -> Move | None:
    """With nothing pending, a bare number asks for the proof of that policy in the result."""
    plain = unicodedata.normalize("NFKC", moment.meaning.text).strip()
    if state.pending is not None or not plain.isdecimal() or not 0 < int(plain) <= len(state.shown):
        return None
    return prove(state, moment, int(plain))


def not_understood(state: State, moment: Moment) -> Move:
    """Say so, from the second time on with the ways out; the pending question comes back, until it is left open."""
    pending = state.pending
    if state.misses >= MOST_MISSES and pending is not None and not state.is_confirming:
        left = decline(replace(state, misses=0), moment.guide)
        return replace(left, acts=left.acts or (NotUnderstood(state.misses),))
    state = replace(state, misses=state.misses + 1)
    if state.misses == MENU_AFTER:
        return offer_ways(state, *((AGAIN, SKIP) if pending is not None else ()), RESULTS, HUMAN)
    said = Move(state, (NotUnderstood(state.misses),), Then.REPEAT)
    return said if state.misses < MENU_AFTER else replace(said, acts=(*said.acts, *tell_whom(state, moment).acts))
