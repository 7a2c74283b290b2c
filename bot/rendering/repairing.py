"""What sets a conversation right, put into words."""

from collections.abc import Sequence

from bot.dialog.repair_acts import (
    AskWhatNothing,
    AskWhatSum,
    AskWhich,
    OfferCompany,
    OfferWays,
    RepairAct,
    TellChange,
    TurnToCompany,
)
from bot.policy.matching import Verdict
from bot.policy.money import format_yuan
from bot.rendering.repair_views import ChangeView, ChoiceView, CompanyView
from bot.rendering.sentences import say_gain, say_value
from bot.understanding.questions import Choice

MOST_NAMED = 3


def labelled(act: AskWhich) -> tuple[Choice, ...]:
    """The choices between two statements, each with what was said."""
    now, before, *rest = act.choices
    say_now, say_before = say_value(act.attribute, act.now), say_value(act.attribute, act.before)
    first, last = ("前一句", "后一句") if act.is_same_text else ("之前说的", "这次说的")
    return (
        Choice(now.value, f"{say_now}（{last}）"),
        Choice(before.value, f"{say_before}（{first}）"),
        *rest,
    )


def view_choice(act: RepairAct) -> ChoiceView:
    """One sentence that says what is to be chosen, and the choices."""
    match act:
        case AskWhich():
            where, meanwhile = ("这句话里", "后一句") if act.is_same_text else ("您前后", "这次说的")
            say = f"“{act.attribute.label}”{where}说的不一样，以哪个为准？没定之前先按{meanwhile}算。"
            return ChoiceView(say, _numbered(labelled(act)))
        case AskWhatSum():
            say = f"“{act.said}”没听出是哪笔钱，还没记。" + (
                "是下面哪一笔？" if act.choices else "说清楚些就行，比如“保费20万”。"
            )
            return ChoiceView(say, _numbered(act.choices))
        case AskWhatNothing():
            say = f"“没有”是说哪一种？（{act.attribute.label}）"
            return ChoiceView(say, _numbered(act.choices))
        case OfferCompany():
            say = f"听起来说的是另一家公司。两家分开算，不会混：{act.current}的情况先收好，随时可以换回来。要看哪一家？"
            return ChoiceView(say, _numbered(act.choices))
        case OfferWays(is_cancelled=is_cancelled):
            say = "好的，先不答这个。接下来要哪样？" if is_cancelled else "还是没看懂，抱歉。选一样，或者换个说法："
            return ChoiceView(say, _numbered(act.choices))
        case _:
            raise TypeError(f"nothing to choose in {act!r}")


def view_change(act: TellChange) -> ChangeView:
    """What became of what can be claimed."""
    before, after = act.totals
    return ChangeView(
        gained=_listed([f"“{v.clause.title}”（{_gain(v)}）" for v in act.gained]),
        lost=_listed([f"“{v.clause.title}”" for v in act.lost]),
        moved=_listed([f"“{now.clause.title}”由 {_gain(was)} 变成 {_gain(now)}" for was, now in act.moved]),
        total=f"{format_yuan(before)} → {format_yuan(after)}" if before != after else "",
        is_other_changed=act.is_other_changed,
    )


def view_company(act: TurnToCompany) -> CompanyView:
    """Which company is spoken of from now on."""
    return CompanyView(act.name, act.left, str(act.known) if act.known else "")


def _gain(verdict: Verdict) -> str:
    return say_gain(verdict.clause.benefit, verdict.prospect)


def _listed(said: Sequence[str]) -> str:
    more = f"等 {len(said)} 项" if len(said) > MOST_NAMED else ""
    return "、".join(said[:MOST_NAMED]) + more


def _numbered(choices: Sequence[Choice]) -> tuple[str, ...]:
    return tuple(f"{number} {choice.label}" for number, choice in enumerate(choices, 1))
