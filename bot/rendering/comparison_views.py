"""Clauses side by side, in lines that read well without a table."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from bot.dialog.answer_acts import CompareClauses
from bot.policy.attributes import Value
from bot.policy.availability import Availability
from bot.policy.clauses import Benefit, Ceiling, Contact, Formula, NoFigure, Tiers
from bot.policy.matching import Verdict
from bot.policy.money import format_yuan
from bot.rendering.answer_shapes import CompareClausesView, RowView
from bot.rendering.answer_views import say_state_of
from bot.rendering.requirements import conditions_of, say_fit, shared_of
from bot.rendering.sentences import say_article, say_grant, say_whom

CITY = "市级"
NUMBERS = ("第一项", "第二项", "第三项")
NOT_IN_FORCE = {Availability.DRAFT: "还没有生效", Availability.CLOSED: "已经截止"}
NOT_CLAIMABLE = "只写了方向，没有能领的钱"


def view_comparison(act: CompareClauses, values: Mapping[str, Value], hotline: Contact) -> CompareClausesView:
    """What the sides give, ask for, until when, and whom to turn to."""
    names = _names(act.sides)
    columns = (
        ("是哪一条", tuple(map(_title, act.sides))),
        ("金额", tuple(map(_amount, act.sides))),
        ("时间", tuple(say_state_of(side.clause.policy, side.availability) for side in act.sides)),
        ("找谁", tuple(say_whom(side, hotline) for side in act.sides)),
    )
    rows = [RowView(label, tuple(_lines(names, said))) for label, said in columns]
    rows.insert(2, RowView("条件", tuple(_conditions(names, act.sides))))
    if act.knows_profile:
        rows.append(RowView("贵单位", tuple(_lines(names, [_fit(side, values) for side in act.sides]))))
    both = "；".join(act.rules)
    if both and not act.asks_for_both:
        rows.append(RowView("能不能都拿", (both,)))
    first = f"{both}。" if act.asks_for_both and both else ""
    return CompareClausesView(f"{first}{_headline(names, act.sides)}", tuple(rows))


def _names(sides: Sequence[Verdict]) -> tuple[str, ...]:
    """What tells the sides apart: their places, else numbers."""
    places = tuple((*side.clause.document.places, CITY)[0] for side in sides)
    return places if len(set(places)) == len(places) else NUMBERS[: len(sides)]


def _title(side: Verdict) -> str:
    return f"{side.clause.title}，{say_article(side.clause)}"


def _fit(side: Verdict, values: Mapping[str, Value]) -> str:
    return say_fit(side, values) if side.clause.is_claimable else NOT_CLAIMABLE


def _amount(side: Verdict) -> str:
    return say_grant(side.clause) if side.clause.is_claimable else NOT_CLAIMABLE


def _conditions(names: Sequence[str], sides: Sequence[Verdict]) -> Iterator[str]:
    """What all ask for, then what each asks for beside."""
    lists = [conditions_of(side.clause, with_notes=False) if side.clause.is_claimable else () for side in sides]
    shared = shared_of(lists)
    if shared:
        yield f"都要：{'；'.join(shared)}"
    for name, own in zip(names, lists, strict=True):
        if more := [each for each in own if each not in shared]:
            yield f"{name}{'另外' if shared else ''}要：{'；'.join(more)}"


def _lines(names: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    """One line a side; a single one where all say the same."""
    if len(set(said)) == 1:
        yield f"都一样：{said[0]}"
        return
    yield from (f"{name}：{text}" for name, text in zip(names, said, strict=True))


def _headline(names: Sequence[str], sides: Sequence[Verdict]) -> str:
    """Which has the higher limit, as far as both state one; and which is not in force."""
    states = zip(names, (side.availability for side in sides), strict=True)
    waiting = (f"{name}的{NOT_IN_FORCE[state]}" for name, state in states if state in NOT_IN_FORCE)
    said = "，".join((_say_limits(names, sides), *waiting))
    return f"{said}。"


def _say_limits(names: Sequence[str], sides: Sequence[Verdict]) -> str:
    limits = [highest_of(side.clause.benefit) if side.clause.is_claimable else None for side in sides]
    known = [(limit, name) for limit, name in zip(limits, names, strict=True) if limit is not None]
    if len(known) < len(sides):
        return f"{'、'.join(names)}放在一起看"
    if len(set(limits)) == 1:
        return f"写明的上限一样，都是 {format_yuan(known[0][0])}"
    listed = "、".join(f"{name} {format_yuan(limit)}" for limit, name in known)
    return f"单看写明的上限，{max(known)[1]}高（{listed}）"


def highest_of(benefit: Benefit) -> Decimal | None:
    """The most that a benefit gives by its text; None where it states no limit."""
    match benefit:
        case Formula():
            return benefit.cap if benefit.cap is not None else benefit.constant or None
        case Ceiling(cap, _):
            return cap
        case Tiers(tiers):
            limits = [highest_of(part) for _, part in tiers]
            return max((limit for limit in limits if limit is not None), default=None)
        case NoFigure():
            return None
        case _ as unreachable:
            assert_never(unreachable)
