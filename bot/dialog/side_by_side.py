"""Whether two policies of the result, named by their numbers, may be had together: 第一项和第二项能一起拿吗."""

import re

from bot.dialog.moves import Moment, Move, Then
from bot.dialog.repair_acts import TellTogether
from bot.dialog.state import State
from bot.policy.matching import judge
from bot.search.characters import normalised
from bot.understanding.numerals import parse_numeral

LONGEST = 28
_NUMBER = r"([0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_BOTH = re.compile(rf"第?{_NUMBER}[项个条号]?(?:政策)?(?:和|跟|与|同|及|、|,|还有)第?{_NUMBER}[项个条号]?(?:政策)?")
_TOGETHER = re.compile(r"一起|同时|都(?:能|可以|领|拿|申|享|报)|叠加|兼得|重复|冲突|并享|一块|两个都|两项都|全拿|都要")


def answer_both(state: State, moment: Moment) -> Move | None:
    """Whether a rule keeps the two policies apart, or caps them together; None for any other text."""
    plain = normalised(moment.meaning.text).strip()
    found = _BOTH.search(plain) if state.shown and len(plain) <= LONGEST and _TOGETHER.search(plain) else None
    numbers = [] if found is None else [int(parse_numeral(part) or 0) for part in found.groups()]
    if len(set(numbers)) < 2 or not all(0 < number <= len(state.shown) for number in numbers):
        return None
    guide, on = moment.guide, state.shown_on or moment.on
    clauses = [guide.knowledge.by_id.get(state.shown[number - 1]) for number in numbers]
    sides = tuple(judge(clause, state.profile, on) for clause in clauses if clause is not None)
    if len(sides) < len(numbers):
        return None
    ids, combining = {side.clause.id for side in sides}, guide.knowledge.combining
    excluding = tuple(rule for rule in combining.exclusions if len(ids & rule.clauses) > 1)
    limiting = tuple(rule for rule in combining.limits if len(ids & rule.clauses) > 1)
    return Move(state, (TellTogether(tuple(numbers), sides, excluding, limiting),), Then.REPEAT)
