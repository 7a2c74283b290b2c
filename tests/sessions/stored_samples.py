"""What the bytes in `stored` hold: a conversation and a reply with something in every field that there was."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.dialog.state import (
    Company,
    Exchange,
    Offer,
    OfferKind,
    Pending,
    PendingKind,
    State,
    Step,
    Supposed,
)
from bot.messages import Option, OutboundMessage, Reply, Target
from bot.policy.attributes import NEVER, DateSpan, Profile
from bot.policy.money import Interval

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)
PROFILE = Profile(
    {
        "region": "通州区",
        "tier": "specialized",
        "sector": frozenset({"software", "ai"}),
        "high_tech": False,
        "listing_amount": Interval(Decimal("1000000.01"), None, low_open=True),
        "years": Decimal(3),
        "award_date": DateSpan(date(2025, 1, 1), date(2025, 12, 31)),
    }
)
PENDING = Pending(PendingKind.QUESTION, "tier", ("none", "innovative", "1:“2”"), "3f2a")
STATE = State(
    profile=PROFILE,
    declined=frozenset({"years"}),
    pending=PENDING,
    steps=(
        Step(PENDING, PROFILE, frozenset({"tier"}), frozenset({"a"}), frozenset({"b"})),
        Step(None, Profile(), frozenset()),
    ),
    topics=frozenset({"insurance", "listing"}),
    passed_topics=frozenset({"cloud"}),
    misses=1,
    shown=("digest-2024/1.1-1", "digest-2024/1.1-2"),
    page=2,
    shown_on=DAY,
    is_greeted=True,
    result_seen=NOON,
    last_seen=NOON,
    set_aside=Profile({"award_date": NEVER}),
    recent=("listing_amount",),
    subject="listing_amount",
    supposed=Supposed(Profile({"high_tech": True}), DAY, date(2026, 2, 1)),
    content_version="2026.03-aa",
    shown_version="2026.03-bb",
    offer=Offer(OfferKind.COMPANY, ("same", "other"), "某某科技", "换一家"),
    company="甲公司",
    companies=(Company("乙公司", PROFILE, frozenset({"years"}), frozenset(), frozenset({"cloud"})),),
    rude=1,
    echo="怎么领",
    nothing_is_first=True,
    about=("digest-2024/1.1-1",),
    exchanges=(Exchange(NOON, "我们在通州\n😀", "记下了"),),
    hand_off="1234-5678",
)
REPLY = Reply(
    messages=(
        OutboundMessage("请问是哪一级？\n1. 无", (Option("none", "无"), Option("skip", "跳过")), is_several=True),
        OutboundMessage("{}", target=Target.SINGLE, file="profile.json"),
    ),
    profile={
        "region": "通州区",
        "listing_amount": 1000000.01,
        "high_tech": False,
        "sector": ["ai"],
        "tier": None,
        "years": 3,
    },
    pending="tier",
    forgotten=True,
    content_version="2026.03-aa",
    hand_off="1234-5678",
    is_outdated=True,
)
