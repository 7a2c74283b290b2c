"""`policybot outbox`: what waits to be sent and what was given up, for the operator; nothing of what it says."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.responder import BEIJING
from bot.sessions.base import StoredParcel

MINUTES = "%Y-%m-%d %H:%M"


def say_parcels(parcels: Sequence[StoredParcel]) -> Iterator[str]:
    """A line for each, those that were given up first, and what can be done with them."""
    dead = [one for one in parcels if one.is_dead]
    live = [one for one in parcels if not one.is_dead]
    if not parcels:
        yield "没有等着发的消息，也没有发不出去的。"
    if dead:
        yield f"发不出去、已经停下的 {len(dead)} 条："
        yield from map(_line, dead)
        yield f"再发：policybot outbox retry {dead[0].parcel.id}　不要了：policybot outbox drop {dead[0].parcel.id}"
    if live:
        yield f"等着发的 {len(live)} 条，服务开着时自动发："
        yield from map(_line, live)


def _line(one: StoredParcel) -> str:
    tried = f"试过 {one.attempts} 次，原因 {one.why}" if one.attempts else "还没试过"
    return f"{one.parcel.id}　{_time(one.at)}　{one.parcel.door}　给 {one.parcel.lane}　{tried}"


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, BEIJING).strftime(MINUTES)
