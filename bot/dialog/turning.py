"""Turning to a company by the word for it: the one before is kept aside, or set aside where it is not to count."""

from dataclasses import replace

from bot.dialog.acts import Notice, Tell
from bot.dialog.called import Calling, spoken_for_in, turned_to_in
from bot.dialog.commands import restart
from bot.dialog.companies import as_own, counted, ordinal, ordinal_of, turn_to
from bot.dialog.moves import Moment, Move, some_of
from bot.dialog.repair_acts import TurnToCompany
from bot.dialog.state import State
from bot.dialog.tracking import record_facts
from bot.search.characters import normalised
from bot.understanding.meaning import Intent
from bot.understanding.polarity import supposes
from bot.understanding.reading import read


def with_first_calling(state: State, text: str) -> State:
    """The state with the company called as the first text calls it (先查母公司); later texts leave it as it is."""
    who = "" if _is_told(state) or state.company else spoken_for_in(normalised(text))
    return replace(state, company=f"{ordinal(1)}（{who}）") if who else state


def turn_by_name(state: State, moment: Moment) -> Move | None:
    """Turn to the company that the text names; None where it names none, or is about the one spoken of."""
    plain = normalised(moment.meaning.text)
    calling = turned_to_in(plain)
    if calling is None or not _is_told(state) or supposes(plain, moment.guide.lexicon):
        return None
    if moment.meaning.command.intent is Intent.DELETE_DATA or not (calling.is_left or calling.is_afresh):
        return None
    name = _name(calling, state)
    if name == ordinal_of(state):
        return None
    turned = _fresh(name, state) if calling.is_afresh else turn_to(name, state)
    said = Tell(Notice.RESTARTED) if calling.is_afresh else _turned(name, state, turned)
    heard = read(as_own(calling.rest, turned), None, moment.guide.lexicon, moment.on)
    told, record = record_facts(turned, heard.facts, heard.unknown, moment.guide)
    return Move(told, some_of(said, record))


def _turned(name: str, before: State, turned: State) -> TurnToCompany:
    return TurnToCompany(name, ordinal_of(before), len(turned.profile.values))


def _is_told(state: State) -> bool:
    return bool(state.profile.values or state.declined)


def _name(calling: Calling, state: State) -> str:
    """The name of the company meant: the one that it had, else the next number with the word for it."""
    kept = [ordinal_of(state), *(company.name for company in state.companies)]
    if calling.number is not None:
        number = ordinal(calling.number)
        known = next((name for name in kept if name.startswith(number)), number)
        return known if calling.who.startswith("第") or known != number else f"{number}（{calling.who}）"
    known = next((name for name in kept if name.endswith(f"（{calling.who}）")), "")
    return known or f"{ordinal(counted(state) + 1)}（{calling.who}）"


def _fresh(name: str, state: State) -> State:
    """The company anew; what was said of the one before is set aside, as when a conversation starts over."""
    kept = tuple(company for company in state.companies if company.name != name)
    return replace(restart(state), company=name, companies=kept)
