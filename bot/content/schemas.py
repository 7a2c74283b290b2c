"""The shape of each file in knowledge/: the keys, their types, and what they mean."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bot.content.cells import Conditions, Day, Flag, Names, Percent, Shape, Words, Year, Yuan
from bot.policy.attributes import AttributeType
from bot.policy.clauses import Kind, Per

_FIELD = re.compile(r"\{[^{}]*\}?|\}")
_PHONE = re.compile(r"(?:010|02\d)-\d{8}|0\d{3}-\d{7,8}|1\d{10}|400-?\d{3}-?\d{4}|\d{5,6}")


class AttributeShape(Shape):
    """One attribute of knowledge/attributes.yaml."""

    type: AttributeType
    label: Words
    values: tuple[str, ...] = ()
    values_of: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    note: str = ""
    default: str | None = None
    default_from: str | None = None
    changeable: Flag = True
    change: str = ""
    once: Flag = False
    kept_for: str = ""

    @model_validator(mode="after")
    def _change_can_be_said(self) -> Self:
        if self.once and not self.change:
            raise PydanticCustomError("once", "写了 once 就要写 change：企业怎样做到")
        if self.change and not self.changeable:
            raise PydanticCustomError("change", "changeable: false 说企业改不了，就不能再写 change；两样留一样")
        if self.change and self.type is AttributeType.DATE:
            raise PydanticCustomError("change", "日期是已经发生的事，改不了，不能写 change")
        if set(_FIELD.findall(self.change)) - ({"{value}"} if self.type is not AttributeType.BOOL else set()):
            raise PydanticCustomError("change", "change 里只能用 {value} 代表要达到的值，是否类的属性不用")
        return self


class AttributesFile(Shape):
    """knowledge/attributes.yaml: the attributes by name."""

    attributes: dict[str, AttributeShape]


class ContactShape(Shape):
    """A department or hotline; a phone needs the source that publishes it."""

    id: Words
    name: Words
    phone: str | None = None
    hours: str | None = None
    source: str = ""

    @model_validator(mode="after")
    def _phone_has_a_source(self) -> Self:
        if self.phone and not self.source:
            raise PydanticCustomError("source", "写了电话就要写 source：这个号码公布在哪里")
        if self.phone and not _PHONE.fullmatch(self.phone):
            raise PydanticCustomError("phone", "电话应写成 010-62564159、12345 这样；别的话写在 hours")
        return self


class ContactsFile(Shape):
    """knowledge/contacts.yaml."""

    hotline: str
    contacts: tuple[ContactShape, ...]


class Span(Shape):
    """Two days, both included; one of them may be missing."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="until")

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.first is None and self.last is None:
            raise PydanticCustomError("span", "from（起）和 until（止）至少写一个；原文没写期限的用 no_term")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise PydanticCustomError("span", "from（起）晚于 until（止）")
        return self


class YearSpan(Shape):
    """Two years, both included."""

    first: Year = Field(alias="from")
    last: Year = Field(alias="until")

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.first > self.last:
            raise PydanticCustomError("span", "from（起）晚于 until（止）")
        return self


class StatusShape(Shape):
    """One of: in_force {from, until}, batch (a year), title_years {from, until}."""

    in_force: Span | None = None
    batch: Year | None = None
    title_years: YearSpan | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("status", "status 要写且只写一种：in_force、batch 或 title_years")
        return self


def _status_form(status: object) -> str:
    return "terms" if isinstance(status, dict | StatusShape) else "word"


def _status_word(word: object) -> object:
    if word not in ("draft", "no_term"):
        raise PydanticCustomError("status", "status 应为 draft、no_term、in_force、batch 或 title_years")
    return word


StatusWord = Annotated[Literal["draft", "no_term"], BeforeValidator(_status_word)]
Status = Annotated[
    Annotated[StatusShape, Tag("terms")] | Annotated[StatusWord, Tag("word")], Discriminator(_status_form)
]


class DocumentShape(Shape):
    """One policy text; `status` is a StatusShape, or the word draft or no_term."""

    id: Words
    title: Words
    short_title: Words
    issuer: Words
    level: Literal["municipal", "zone", "district"]
    status: Status
    status_note: str = ""
    scope: Conditions = None
    scope_say: str = ""
    premises: Conditions = None
    stacking_note: str = ""
    contacts: Names = ()
    places: Names = ()
    names: Names = ()


class RuleShape(Shape):
    """What every rule of combining states: the clauses that it covers, in words, and where it stands."""

    id: Words
    clauses: Names
    say: Words
    source: Words


class LimitShape(RuleShape):
    """One upper limit over several clauses together."""

    cap: Annotated[Yuan, Field(ge=1)]


class ExclusionShape(RuleShape):
    """Clauses of which only one counts; `stated: false` where the texts are silent."""

    stated: Flag = True


class BetterOfShape(RuleShape):
    """Clauses that give nothing beyond another award for the same project, unless they are higher."""

    attribute: str


class CombiningShape(Shape):
    """The rules by which benefits combine."""

    limits: tuple[LimitShape, ...] = ()
    exclusions: tuple[ExclusionShape, ...] = ()
    better_of: tuple[BetterOfShape, ...] = ()


class DocumentsFile(Shape):
    """knowledge/documents.yaml."""

    documents: tuple[DocumentShape, ...]
    combining: CombiningShape = CombiningShape()


class SumShape(Shape):
    """One sum: rate of attributes, a fixed sum (less `minus`), or a ceiling."""

    rate: Percent | None = None
    of: Names = ()
    minus: Names = ()
    fixed: Yuan | None = None
    ceiling: Yuan | None = None
    cap: Yuan | None = None
    per: Per = Per.UNSTATED
    upper_bound: Flag = False

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        kinds = [self.rate is not None, self.fixed is not None, self.ceiling is not None]
        if sum(kinds) != 1:
            raise PydanticCustomError("sum", "rate（按比例）、fixed（定额）、ceiling（只有上限）要写且只写一种")
        if (self.rate is not None) != bool(self.of):
            raise PydanticCustomError("sum", "rate 和 of 要成对写：按什么的百分之几")
        if 0 in (self.rate, self.fixed, self.ceiling, self.cap):
            raise PydanticCustomError("sum", "金额和比例不能是 0；没有写金额的写 none")
        if self.ceiling is not None and (self.cap is not None or self.minus):
            raise PydanticCustomError("sum", "ceiling 已经是上限，不能再写 cap 或 minus")
        return self


class TierShape(SumShape):
    """A sum with the conditions under which it is given."""

    when: Conditions


class TiersShape(Shape):
    """Several sums, each with the conditions (`when`) under which it is given."""

    tiers: tuple[TierShape, ...] = Field(min_length=1)


class NoFigureShape(Shape):
    """A benefit without a figure in the text, and what it is."""

    none: Words


class ClauseShape(Shape):
    """One claimable thing, direction or rule of an article; `benefit` is a SumShape, TiersShape or NoFigureShape."""

    article: Words
    part: str | None = None
    policy: str | None = None
    title: Words
    summary: Words
    kind: Kind
    recipient: str = ""
    conditions: Conditions = None
    benefit: Any = None
    contacts: Names = ()
    tags: Names = ()
    asked_as: Names = ()
    evidence: Names = ()
    reminder: str = ""
    terms: str = ""
    other_figures: dict[str, Words] = Field(default_factory=dict)


class ClausesFile(Shape):
    """One file of knowledge/clauses/; each clause is read by itself, as a ClauseShape."""

    document: str
    clauses: tuple[Any, ...]


class TermShape(Shape):
    """A word of the trade, in plain words."""

    name: Words
    meaning: Words
    synonyms: Names = ()


class TermsFile(Shape):
    """knowledge/terms.yaml."""

    terms: tuple[TermShape, ...]
