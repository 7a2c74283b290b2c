"""The shape of each file in knowledge/: the keys, their types, and what they mean."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.policy.attributes import AttributeType
from bot.policy.clauses import Kind, Per
from bot.policy.money import parse_yuan


def _yuan(text: object) -> Decimal:
    try:
        return parse_yuan(str(text))
    except ValueError:
        raise PydanticCustomError("yuan", "读不懂这个金额，可以写 50万、1.2亿、8000") from None


def _percent(text: object) -> Decimal:
    written = str(text)
    try:
        if written.endswith("%"):
            return Decimal(written[:-1]) / 100
    except ArithmeticError:
        pass
    raise PydanticCustomError("percent", "比例应写成百分数，如 30%")


def _flag(text: object) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise PydanticCustomError("flag", "应写 true 或 false")


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise PydanticCustomError("day", "日期应写成 2027-12-31 这样") from None


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Yuan = Annotated[Decimal, BeforeValidator(_yuan)]
Percent = Annotated[Decimal, BeforeValidator(_percent)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Conditions = Any
"""Conditions are read by condition_syntax, with their attributes at hand."""


class Shape(BaseModel):
    """A mapping in YAML; a key that is not listed is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AttributeShape(Shape):
    """One attribute of knowledge/attributes.yaml."""

    type: AttributeType
    label: str
    values: tuple[str, ...] = ()
    values_of: str | None = None
    labels: dict[str, str] = {}
    note: str = ""
    default: str | None = None
    default_from: str | None = None
    changeable: Flag = True


class AttributesFile(Shape):
    """knowledge/attributes.yaml: the attributes by name."""

    attributes: dict[str, AttributeShape]


class ContactShape(Shape):
    """A department or hotline; a phone needs the source that publishes it."""

    id: str
    name: str
    phone: str | None = None
    hours: str | None = None
    source: str = ""

    @model_validator(mode="after")
    def _phone_has_a_source(self) -> Self:
        if self.phone and not self.source:
            raise PydanticCustomError("source", "写了电话就要写 source：这个号码公布在哪里")
        return self


class ContactsFile(Shape):
    """knowledge/contacts.yaml."""

    hotline: str
    contacts: tuple[ContactShape, ...]


class Span(Shape):
    """Two days, both included; each may be missing."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="until")


class YearSpan(Shape):
    """Two years, both included."""

    first: int = Field(alias="from")
    last: int = Field(alias="until")


class StatusShape(Shape):
    """One of: in_force {from, until}, batch (a year), title_years {from, until}."""

    in_force: Span | None = None
    batch: int | None = None
    title_years: YearSpan | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("status", "status 只能写一种")
        return self


class DocumentShape(Shape):
    """One policy text; `status` is a StatusShape, or the word draft or no_term."""

    id: str
    title: str
    short_title: str
    issuer: str
    level: str
    status: StatusShape | str
    status_note: str = ""
    scope: Conditions = None
    premises: Conditions = None
    stacking_note: str = ""
    contacts: Names = ()
    places: Names = ()
    names: Names = ()

    @model_validator(mode="after")
    def _status_is_known(self) -> Self:
        if isinstance(self.status, str) and self.status not in ("draft", "no_term"):
            raise PydanticCustomError("status", "status 应为 draft、no_term、in_force、batch 或 title_years")
        return self


class LimitShape(Shape):
    """One upper limit over several clauses together."""

    id: str
    clauses: Names
    cap: Yuan
    say: str
    source: str


class ExclusionShape(Shape):
    """Clauses of which only one counts; `stated: false` where the texts are silent."""

    id: str
    clauses: Names
    say: str
    source: str
    stated: Flag = True


class BetterOfShape(Shape):
    """Clauses that give nothing beyond another award for the same project, unless they are higher."""

    id: str
    clauses: Names
    attribute: str
    say: str
    source: str


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
    """One sum: rate of attributes, a fixed sum, or a ceiling."""

    rate: Percent | None = None
    of: Names = ()
    minus: Names = ()
    fixed: Yuan | None = None
    ceiling: Yuan | None = None
    cap: Yuan | None = None
    per: Per = Per.UNSTATED
    upper_bound: Flag = False
    when: Conditions = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        kinds = [self.rate is not None, self.fixed is not None, self.ceiling is not None]
        if sum(kinds) != 1:
            raise PydanticCustomError("sum", "rate（按比例）、fixed（定额）、ceiling（只有上限）要写且只写一种")
        if (self.rate is not None) != bool(self.of):
            raise PydanticCustomError("sum", "rate 和 of 要成对写：按什么的百分之几")
        if self.ceiling is not None and (self.cap is not None or self.minus):
            raise PydanticCustomError("sum", "ceiling 已经是上限，不能再写 cap 或 minus")
        return self


class TiersShape(Shape):
    """Several sums, each with the conditions (`when`) under which it is given."""

    tiers: tuple[SumShape, ...]


class NoFigureShape(Shape):
    """A benefit without a figure in the text, and what it is."""

    none: str


class ClauseShape(Shape):
    """One claimable thing, direction or rule of an article; `benefit` is a SumShape, TiersShape or NoFigureShape."""

    article: str
    part: str | None = None
    policy: str | None = None
    title: str
    summary: str
    kind: Kind
    recipient: str = ""
    conditions: Conditions = None
    benefit: Any = None
    contacts: Names = ()
    tags: Names = ()
    evidence: Names = ()


class ClausesFile(Shape):
    """One file of knowledge/clauses/."""

    document: str
    clauses: tuple[ClauseShape, ...]


class TermShape(Shape):
    """A word of the trade, in plain words."""

    name: str
    meaning: str
    synonyms: Names = ()


class TermsFile(Shape):
    """knowledge/terms.yaml."""

    terms: tuple[TermShape, ...]
