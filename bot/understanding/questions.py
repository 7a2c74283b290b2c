"""The questions that the bot asks, with the words in which people answer them: staff's content."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.policy.attributes import Attribute, AttributeType


class AnswerType(StrEnum):
    """What kind of answer a question wants."""

    CHOICE = "choice"
    ORDERED = "ordered"
    SET = "set"
    YES_NO = "yes_no"
    AMOUNT = "amount"
    COUNT = "count"
    DATE = "date"
    COMPANY_NAME = "company_name"


ANSWER_TYPES: Mapping[AttributeType, AnswerType] = {
    AttributeType.CHOICE: AnswerType.CHOICE,
    AttributeType.ORDERED: AnswerType.ORDERED,
    AttributeType.SET: AnswerType.SET,
    AttributeType.BOOL: AnswerType.YES_NO,
    AttributeType.YUAN: AnswerType.AMOUNT,
    AttributeType.INT: AnswerType.COUNT,
    AttributeType.DATE: AnswerType.DATE,
}
"""The kind of answer that each type of attribute wants."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: the value it stands for (`true` and `false` for yes and no), its label, other words for it."""

    value: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one attribute; a general one (an amount, a date) has no attribute.

    `cues` are words that point to the attribute in free text (保费, 科技险); `yes_words` and `no_words` are phrases
    that say by themselves that it holds or not (还没登过 → first_registration is true). `asks_first`: whether this is
    the first time, so that a bare 没有 says nothing. `this_kind` and `other_kinds` name things that share words for
    their sums: 保费 after 软件保险 is not that of the 科技保险. `vague_cues` leave open of which kind a sum is.
    """

    id: str
    type: AnswerType
    prompt: str
    attribute: Attribute | None = None
    why: str = ""
    choices: tuple[Choice, ...] = ()
    cues: tuple[str, ...] = ()
    yes_words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    this_kind: tuple[str, ...] = ()
    other_kinds: tuple[str, ...] = ()
    vague_cues: tuple[str, ...] = ()
    unsure: str = ""
    asks_first: bool = False

    @property
    def label(self) -> str:
        """What its attribute is called; empty for a general question."""
        return "" if self.attribute is None else self.attribute.label

    @property
    def attribute_type(self) -> AttributeType | None:
        """The type of its attribute; None for a general question."""
        return None if self.attribute is None else self.attribute.type


PLACES = frozenset({"region", "operating_regions"})
"""The attributes of where an enterprise is."""
Questions = Mapping[str, Question]
