"""What would make a result firmer, as a view; and what a question can still move, in words."""

from dataclasses import dataclass

from bot.dialog.stakes import FirmUp, Stake
from bot.policy.money import format_yuan


@dataclass(frozen=True, slots=True)
class FirmUpView:
    """firm_up.txt: how many things would make the result firmer, and each with what it can move."""

    count: str
    wanted: tuple[str, ...]


def view_firm_up(act: FirmUp) -> FirmUpView:
    """The things that are not known yet, the most decisive first."""
    said = tuple(f"{w.label}（{say_reach(w.stake)}）" if w.stake else w.label for w in act.wanted)
    return FirmUpView(str(len(said)), said)


def say_reach(stake: Stake) -> str:
    """What an answer can move: 关系到 3 项政策、最高 120 万元."""
    most = f"、最高 {format_yuan(stake.yuan)}" if stake.yuan else ""
    return f"关系到 {stake.clauses} 项政策{most}"


def say_stake(stake: Stake | None) -> str:
    """What a question can still move: 这一问关系到 3 项政策、最高 120 万元."""
    return "" if stake is None else f"这一问{say_reach(stake)}"
