"""Policies of the result side by side, by their numbers, and whether they may be had together."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.dialog.item_acts import AskForItems, CompareItems, Pair
from bot.dialog.result_acts import ItemGroup
from bot.dialog.results import missing_of
from bot.policy.availability import Availability
from bot.policy.clauses import Contact
from bot.policy.conditions import Finding, Requirement
from bot.policy.matching import Standing, Verdict
from bot.policy.together import Relation, Together
from bot.policy.truth import Truth
from bot.rendering.answer_shapes import AskForItemsView, CompareClausesView, RowView
from bot.rendering.answer_views import say_state_of
from bot.rendering.result_views import say_amount_and_rule, say_standing
from bot.rendering.sentences import say_article, say_whom
from bot.rendering.states import say_state_on

SAME = "都一样"
NOT_NOW = (Availability.DRAFT, Availability.CLOSED)


def view_items(act: CompareItems, hotline: Contact) -> CompareClausesView:
    """Side by side what each is, for whom, how the enterprise stands, what it gives, until when, and whom to ask.

    Asked only whether they may be had together, that is told, and how the enterprise stands.
    """
    sides = act.sides
    both = tuple(_say_both(act))
    standings = RowView("贵单位", _lines(act, [_say_conditions(side) for side in sides]))
    if act.asks_for_both:
        return CompareClausesView("\n".join(f"{line}。" for line in both), (_names(act), standings))
    sums = [say_amount_and_rule(side) for side in sides]
    rows = (
        _names(act),
        RowView("谁能申领", _lines(act, [side.clause.recipient for side in sides])),
        standings,
        RowView("金额", _lines(act, sums)),
        _states(act),
        RowView("能不能都拿", both),
        RowView("找谁", _lines(act, [say_whom(side, hotline) for side in sides])),
    )
    return CompareClausesView(_headline(act), rows)


def _names(act: CompareItems) -> RowView:
    return RowView("是哪一条", _lines(act, [f"{side.clause.title}，{say_article(side.clause)}" for side in act.sides]))


def _states(act: CompareItems) -> RowView:
    said = (
        say_state_on(side.clause.policy, side.availability, act.on)
        or say_state_of(side.clause.policy, side.availability)
        for side in act.sides
    )
    return RowView("时间", _lines(act, list(said)))


def _headline(act: CompareItems) -> str:
    numbers = "、".join(map(str, act.numbers))
    rest = f"一次最多比三项，第 {'、'.join(map(str, act.left_out))} 项可以接着再比。" if act.left_out else ""
    return f"第 {numbers} 项放在一起看，按 {act.on.isoformat()}。{rest}"


def _lines(act: CompareItems, said: list[str]) -> tuple[str, ...]:
    """One line for all that say the same, in the order of the first."""
    together: dict[str, list[str]] = {}
    for number, text in zip(act.numbers, said, strict=True):
        together.setdefault(text, []).append(str(number))
    if len(together) == 1:
        return (f"{SAME}：{said[0]}",)
    return tuple(f"第 {'、'.join(numbers)} 项：{text}" for text, numbers in together.items())


def _say_conditions(verdict: Verdict) -> str:
    """What is met of the clause's own conditions, then what is open or fails."""
    if verdict.standing is Standing.ELIGIBLE:
        return say_standing(verdict)
    met = "；".join(dict.fromkeys(_met(verdict.finding.parts[2])))
    if verdict.standing is Standing.NOT_ELIGIBLE or verdict.waits_for_premises_only:
        return say_standing(verdict)
    missing = "；".join(missing_of(ItemGroup.LACKS_ANSWER, verdict))
    return f"还差：{missing}{f'；已符合：{met}' if met else ''}"


def _met(finding: Finding) -> Iterator[str]:
    if isinstance(finding.condition, Requirement):
        if finding.truth is Truth.TRUE:
            yield finding.condition.say
        return
    for part in finding.parts:
        yield from _met(part)


def _say_both(act: CompareItems) -> Iterator[str]:
    """Whether the policies may be had together, with the document and the article that say so."""
    ruled = [pair for pair in act.pairs if pair.relation.kind is not Together.NO_RULE]
    yield from (_say_rule(_names_of(pair), pair.relation) for pair in ruled)
    free = [pair for pair in act.pairs if pair not in ruled]
    if free:
        yield f"{'、'.join(map(_names_of, free))}：没有条文说只能取一样，合计时分开算；拿不准的以主管部门答复为准"
        numbers = {number for pair in free for number in pair.numbers}
        yield from _notes([side for number, side in _numbered(act) if number in numbers])
    for number, side in _numbered(act):
        if side.availability in NOT_NOW:
            yield f"第 {number} 项现在申领不了：{say_state_on(side.clause.policy, side.availability, act.on)}"


def _numbered(act: CompareItems) -> Iterator[tuple[int, Verdict]]:
    return zip(act.numbers, act.sides, strict=True)


def _names_of(pair: Pair) -> str:
    first, second = pair.numbers
    return f"第 {first} 项和第 {second} 项"


def _say_rule(both: str, relation: Relation) -> str:
    rule = f"{relation.say}（{relation.source}）"
    match relation.kind:
        case Together.ONLY_ONE:
            return f"{both}只能取一样：{rule}"
        case Together.NOT_WRITTEN:
            return f"{both}能不能都拿，没有写明：{rule}"
        case Together.SAME_PROJECT:
            return f"{both}要看是不是同一个项目：{rule}"
        case Together.UP_TO:
            return f"{both}可以都拿，但合起来有上限：{rule}"
        case Together.NO_RULE:
            return both
        case _ as unreachable:
            assert_never(unreachable)


def _notes(sides: Sequence[Verdict]) -> Iterator[str]:
    """What the documents themselves say of combining."""
    for policy in {side.clause.policy.id: side.clause.policy for side in sides}.values():
        if policy.stacking_note:
            yield f"{policy.short_title}：{policy.stacking_note}"


def view_ask_for_items(act: AskForItems) -> AskForItemsView:
    """Which policies there are to compare."""
    missing, given = ("、".join(map(str, numbers)) for numbers in (act.missing, act.given))
    return AskForItemsView(missing, given if len(act.given) == 1 else "", str(act.count))
