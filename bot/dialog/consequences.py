"""What a correction changes in the result that was shown."""

from dataclasses import replace

from bot.dialog.acts import Act, Record, noted_in
from bot.dialog.deciding import passed_attributes
from bot.dialog.moves import Moment, Move
from bot.dialog.repair_acts import TellChange
from bot.dialog.result_acts import ItemGroup
from bot.dialog.results import Result, build_result
from bot.dialog.state import State
from bot.policy.amounts import Amount
from bot.policy.matching import Verdict

CLAIMED = (ItemGroup.CLAIM_NOW, ItemGroup.PREMISED)


def with_consequences(before: State, move: Move, moment: Moment) -> Move:
    """The move, which after a correction of what a result rests on says what becomes of that result."""
    if before.result_seen is None or not _corrects(before, move):
        return move
    at = max(n for n, act in enumerate(move.acts) if isinstance(act, Record)) + 1
    acts: tuple[Act, ...] = (*move.acts[:at], change_between(before, move.state, moment), *move.acts[at:])
    return replace(move, acts=acts)


def _corrects(before: State, move: Move) -> bool:
    """Whether an answer that was given has become another one, of the same company."""
    if move.forget or before.company != move.state.company:
        return False
    return (
        any(note.before is not None for note in noted_in(move.acts))
        and before.profile.values != move.state.profile.values
    )


def change_between(before: State, after: State, moment: Moment) -> TellChange:
    """What can be claimed in one state and not in the other, or in another sum."""
    old, new = _result(before, moment), _result(after, moment)
    had, has = _claimed(old), _claimed(new)
    outdone = {item.verdict.clause.id for item in new.items if item.group is ItemGroup.OUTDONE}
    both = [(had[name], has[name]) for name in has if name in had]
    return TellChange(
        gained=tuple(verdict for name, verdict in has.items() if name not in had),
        lost=tuple(verdict for name, verdict in had.items() if name not in has and name not in outdone),
        moved=tuple((was, now) for was, now in both if was.prospect != now.prospect),
        totals=(old.plan.fixed_total, new.plan.fixed_total),
        is_other_changed=_outline(old) != _outline(new),
    )


def _result(state: State, moment: Moment) -> Result:
    return build_result(state.profile, moment.guide, moment.on, passed=passed_attributes(state, moment.guide))


def _claimed(result: Result) -> dict[str, Verdict]:
    return {item.verdict.clause.id: item.verdict for item in result.items if item.group in CLAIMED}


def _outline(result: Result) -> dict[str, tuple[ItemGroup, Amount]]:
    return {item.verdict.clause.id: (item.group, item.verdict.prospect) for item in result.items}
