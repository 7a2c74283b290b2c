"""The cells of YAML that are more than text, such as sums, percentages and dates; and what every mapping keeps to."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.policy.money import parse_yuan

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _yuan(text: object) -> Decimal:
    try:
        return parse_yuan(str(text))
    except ValueError:
        raise PydanticCustomError("yuan", "读不懂这个金额，可以写 50万、1.2亿、8000") from None


def _percent(text: object) -> Decimal:
    if not (written := _PERCENT.fullmatch(str(text))):
        raise PydanticCustomError("percent", "比例应写成百分数，如 30%")
    return Decimal(written[1]) / 100


def _flag(text: object) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise PydanticCustomError("flag", "应写 true 或 false")


def parse_day(text: object) -> date:
    """A day written as 2027-12-31, and no other way; ValueError when it is not one of the calendar."""
    try:
        if _DAY.fullmatch(str(text)):
            return date.fromisoformat(str(text))
    except ValueError:
        pass
    raise PydanticCustomError("day", "日期应写成 2027-12-31 这样，而且那一天要有")


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Yuan = Annotated[Decimal, BeforeValidator(_yuan)]
Percent = Annotated[Decimal, BeforeValidator(_percent)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(parse_day)]
Year = Annotated[int, Field(ge=2000, le=2100)]
Words = Annotated[str, Field(pattern=r"\S")]
"""A text that says something."""
Names = Annotated[tuple[Words, ...], BeforeValidator(_as_list)]
Conditions = Any
"""Conditions are read by condition_syntax, with their attributes at hand."""


class Shape(BaseModel):
    """A mapping in YAML; a key that is not listed is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
