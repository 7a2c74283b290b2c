"""A what-if as a view: the difference in sums, then what comes, changes, may come and goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.dialog.deciding import failing_of
from bot.dialog.differing import amount_shown
from bot.dialog.result_acts import ItemGroup
from bot.dialog.results import missing_of
from bot.dialog.what_if_acts import Effect, Shift, Supposal, Unmoved, WhatIf
from bot.policy.availability import Availability
from bot.policy.matching import Standing, Verdict
from bot.policy.money import Interval, format_yuan
from bot.rendering.sentences import say_article, say_gain, say_state, say_value

MOST_LINES = 5
HEADINGS = {
    Effect.GAINED: "会多出来",
    Effect.REPLACED: "换成上面更高的一项，只能取一样",
    Effect.CHANGED: "金额会变",
    Effect.POSSIBLE: "有可能多出来，要先弄清",
    Effect.LOST: "就没有了",
    Effect.SAME: "还是一样",
}
NOT_YET = "还拿不到"


@dataclass(frozen=True, slots=True)
class WhatIfPartView:
    """Clauses with which the same happens, a line each."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """what_if.txt: what is supposed, the totals before and after, the parts, the premises, why nothing changes.

    `has_facts`: something of the enterprise is supposed, which the user may have recorded.
    """

    supposed: str
    totals: str
    parts: tuple[WhatIfPartView, ...]
    premises: str
    unmoved: tuple[str, ...]
    has_facts: bool


def view_what_if(act: WhatIf) -> WhatIfView:
    """The difference that a supposition makes, in words."""
    parts = []
    for effect in Effect:
        shifts = [shift for shift in act.shifts if shift.effect is effect]
        if shifts:
            parts.append(WhatIfPartView(HEADINGS[effect], tuple(_lines(shifts))))
    is_paid = any(shift.effect in (Effect.GAINED, Effect.CHANGED) for shift in act.shifts)
    premises = "；".join(act.assumed) if is_paid else ""
    is_new = any(each.value != each.before for each in act.supposed)
    return WhatIfView(_supposed(act), _totals(act), tuple(parts), premises, tuple(_unmoved(act)), is_new)


def _supposed(act: WhatIf) -> str:
    said = [_supposal(each) for each in act.supposed]
    if act.on != act.base:
        said.append(f"到 {act.on.isoformat()} 才申报")
    when = f"（按 {act.base.isoformat()} 算）" if act.is_of_another_day else ""
    return "，".join(said) + when


def _supposal(supposal: Supposal) -> str:
    attribute, before = supposal.attribute, supposal.before
    now = say_value(attribute, supposal.value)
    if before is None or before == supposal.value:
        return f"{attribute.label}：{now}{'' if before is None else '（现在就是）'}"
    return f"{attribute.label}：{say_value(attribute, before)} → {now}"


def _totals(act: WhatIf) -> str:
    """What it comes to before and after; empty where neither changes."""
    before, after = act.before, act.after
    said = []
    if any(isinstance(each.value, Interval) for each in act.supposed) and after.fixed < before.fixed:
        return f"只知道范围，算不出准数；最多到 {format_yuan(before.reach)} → {format_yuan(after.reach)}"
    if before.fixed != after.fixed:
        more = after.fixed > before.fixed
        by = (
            f"多 {format_yuan(after.fixed - before.fixed)}" if more else f"少 {format_yuan(before.fixed - after.fixed)}"
        )
        said.append(f"能算准的合计 {format_yuan(before.fixed)} → {format_yuan(after.fixed)}（{by}）")
    if before.reach != after.reach and (after.reach != after.fixed or not said):
        said.append(f"加上要核定、要补充信息的，最多到 {format_yuan(before.reach)} → {format_yuan(after.reach)}")
    return "；".join(said)


def _lines(shifts: Sequence[Shift]) -> Iterator[str]:
    yield from (_line(shift) for shift in shifts[:MOST_LINES])
    if rest := shifts[MOST_LINES:]:
        yield f"另外还有 {len(rest)} 项"


def _line(shift: Shift) -> str:
    notes = "；".join(_notes(shift))
    return (
        f"{shift.after.clause.title}：{_sums(shift)}（{notes}）"
        if notes
        else f"{shift.after.clause.title}：{_sums(shift)}"
    )


def _sums(shift: Shift) -> str:
    before, after = _sum(shift.before), _sum(shift.after)
    if shift.effect is Effect.CHANGED:
        return f"{before} → {after}"
    return before if shift.effect in (Effect.LOST, Effect.REPLACED) else after


def _sum(verdict: Verdict) -> str:
    if verdict.standing is Standing.NOT_ELIGIBLE:
        return NOT_YET
    return say_gain(verdict.clause.benefit, amount_shown(verdict))


def _notes(shift: Shift) -> Iterator[str]:
    """Where it stands, and what must be true besides."""
    if shift.effect is not Effect.SAME:
        yield say_article(shift.after.clause)
    if shift.missing:
        yield f"{'因为要求' if shift.after.standing is Standing.NOT_ELIGIBLE else '还要看：'}{'、'.join(shift.missing)}"
    if state := _state(shift):
        yield state


def _state(shift: Shift) -> str:
    """The state of the policy, where it is not simply open; in few words."""
    match shift.after.availability:
        case Availability.UNCONFIRMED:
            return "今年是否受理要核实"
        case Availability.DRAFT:
            return "还是征求意见稿，没有生效"
        case Availability.CLOSED:
            return say_state(shift.after.clause.policy, Availability.CLOSED)
        case _:
            return ""


def _unmoved(act: WhatIf) -> Iterator[str]:
    if act.on != act.base and not act.shifts:
        yield f"{act.on.isoformat()} 那天，这些政策的状态和 {act.base.isoformat()} 一样"
    yield from (_why(each) for each in act.unmoved)


def _why(unmoved: Unmoved) -> str:
    label, nearest = "、".join(attribute.label for attribute in unmoved.attributes), unmoved.nearest
    if unmoved.is_same:
        return f"{label}现在就是这样，能拿什么说“结果”就行"
    if not unmoved.clauses:
        return f"现在收的政策里，没有哪一项要看“{label}”"
    if nearest is None:
        return f"要看“{label}”的，结果都和现在一样"
    if nearest.availability is Availability.CLOSED:
        return f"要看“{label}”的，像“{nearest.clause.title}”，已经截止了"
    example = f"比如“{nearest.clause.title}”"
    if unmoved.opened:
        return (
            f"有 {unmoved.opened} 项不再被“{label}”挡住，但都要有相关的事才行，"
            f"{example}（{_sum(nearest)}）还要看：{_open(nearest)}"
        )
    if nearest.standing is Standing.NOT_ELIGIBLE:
        return f"要看“{label}”的，都还有别的条件够不上，{example}要求{'、'.join(failing_of(nearest))}"
    return f"光有“{label}”还定不下来，{example}还要看：{_open(nearest)}"


def _open(verdict: Verdict) -> str:
    """What is still open, in words: at least the premises."""
    return "、".join(missing_of(ItemGroup.LACKS_ANSWER, verdict)) or "有没有重大处罚、犯罪记录和失信"
