"""Attributes that an enterprise can change, and some that it can't."""

from dataclasses import replace
from decimal import Decimal

from bot.policy.attributes import Attribute, AttributeType, Way
from tests.policy.samples import COST, GRANT, HIGH_TECH, PENALTY, REGION, SECTOR, TIER

MOVED = replace(REGION, way=Way("迁到{value}"))
RATED = replace(TIER, way=Way("评上{value}"))
WIDER = replace(SECTOR, way=Way("做{value}"))
SPENT = replace(COST, way=Way("费用{value}"))
FIRST = Attribute("first", AttributeType.BOOL, "首次", way=Way("办首次", is_once=True))
DONE = Attribute("done", AttributeType.BOOL, "完成", way=Way("完成"))
CHANGEABLE = (MOVED, RATED, WIDER, SPENT, DONE)
ATTRIBUTES = (*CHANGEABLE, FIRST, HIGH_TECH, GRANT, PENALTY)
POINTS = tuple(Decimal(n) / 2 for n in range(27))
