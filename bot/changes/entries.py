"""The content as entries that can be laid side by side: one for each document, clause, attribute, question and so on.

Each field of an entry is a few lines in words; what is not in words anywhere else (a hidden threshold) is told as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.content.condition_syntax import describe
from bot.dialog.flows import Guide
from bot.policy.attributes import Attribute
from bot.policy.clauses import (
    BetterOf,
    Ceiling,
    Clause,
    Contact,
    Document,
    Exclusion,
    Formula,
    JointLimit,
    Kind,
    NoFigure,
    Term,
    Tiers,
)
from bot.policy.conditions import AllOf, AnyOf, Condition, Not, Requirement, Unclear
from bot.policy.money import format_yuan
from bot.rendering.sentences import PER, say_article, say_benefit, say_value
from bot.rendering.workings import say_term
from bot.understanding.questions import Question

Fields = Mapping[str, tuple[str, ...]]


class Part(StrEnum):
    """The parts of the content, in the order in which they are told."""

    DOCUMENTS = "文件"
    CLAUSES = "条款"
    COMBINING = "合并规则"
    ATTRIBUTES = "属性"
    QUESTIONS = "问题"
    FLOW = "流程"
    CONTACTS = "联系方式"
    TERMS = "名词"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the content holds: what it is called, and its fields in words."""

    part: Part
    id: str
    name: str
    fields: Fields


KINDS = {
    Kind.AWARD: "奖励",
    Kind.SUBSIDY: "补贴",
    Kind.MATCH: "配套",
    Kind.VOUCHER: "券",
    Kind.INTEREST: "贴息",
    Kind.SUPPORT: "支持",
    Kind.SERVICE: "服务",
    Kind.PILOT: "试点",
    Kind.DIRECTION: "方向",
    Kind.RULE: "规则",
}
LEVELS = {"municipal": "市级", "zone": "开发区", "district": "区级"}


def entries_of(guide: Guide) -> Mapping[tuple[Part, str], Entry]:
    """Everything that the content holds, by part and id."""
    return {(entry.part, entry.id): entry for entry in _entries(guide)}


def _entries(guide: Guide) -> Iterator[Entry]:
    knowledge = guide.knowledge
    yield from (Entry(Part.DOCUMENTS, d.id, d.short_title, _document(d)) for d in knowledge.documents.values())
    yield from (Entry(Part.CLAUSES, c.id, f"{c.title}（{say_article(c)}）", _clause(c)) for c in knowledge.clauses)
    rules = knowledge.combining
    every: tuple[JointLimit | Exclusion | BetterOf, ...] = (*rules.limits, *rules.exclusions, *rules.better_of)
    for rule in every:
        yield Entry(Part.COMBINING, rule.id, rule.say, _rule(rule))
    yield from (Entry(Part.ATTRIBUTES, a.name, a.label, _attribute(a)) for a in knowledge.attributes.values())
    yield from (Entry(Part.QUESTIONS, name, q.prompt, _question(q)) for name, q in guide.lexicon.questions.items())
    yield from _flow(guide)
    yield from (Entry(Part.CONTACTS, c.id, c.name, _contact(c)) for c in knowledge.contacts.values())
    yield Entry(Part.CONTACTS, "hotline", "总热线", {"总热线": (knowledge.hotline.name,)})
    yield from (Entry(Part.TERMS, term.name, term.name, _term(term)) for term in knowledge.terms)


def _document(document: Document) -> Fields:
    return {
        "名称": (document.title,),
        "简称": (document.short_title,),
        "发布单位": (document.issuer,),
        "层级": (LEVELS.get(document.level, document.level),),
        "时效": (say_term(document),),
        "时效说明": _text(document.status_note),
        "适用范围": condition_lines(document.scope),
        "适用范围的说法": _text(document.scope_say),
        "前提": condition_lines(document.premises),
        "叠加说明": _text(document.stacking_note),
        "联系部门": tuple(contact.name for contact in document.contacts),
        "地名": document.places,
        "别名": document.names,
    }


def _clause(clause: Clause) -> Fields:
    return {
        "标题": (clause.title,),
        "内容": _text(clause.summary),
        "类型": (KINDS[clause.kind],),
        "所属文件": (clause.policy.title,),
        "对象": _text(clause.recipient),
        "条件": condition_lines(clause.condition),
        "金额": _benefit(clause.benefit),
        "另外写明的": _text(clause.terms),
        "其他数字": tuple(f"{figure}：{what}" for figure, what in clause.other_figures),
        "联系部门": tuple(contact.name for contact in clause.contacts),
        "标签": clause.tags,
        "家常说法": clause.asked_as,
        "原文短语": clause.evidence,
        "提醒": _text(clause.reminder),
    }


def condition_lines(condition: Condition, indent: str = "") -> tuple[str, ...]:
    """A condition in words, one line each, with what its own words leave out."""
    match condition:
        case Requirement(attribute, predicate, say):
            plain = describe(attribute, predicate)
            return (f"{indent}{say}" if say == plain else f"{indent}{say}〔{plain}〕",)
        case AllOf(parts):
            inner = _lines_of(parts, indent)
            return (f"{indent}同时：{'；'.join(map(str.strip, inner))}",) if indent else inner
        case AnyOf(parts):
            return (f"{indent}有一样就行：{' / '.join(map(str.strip, _lines_of(parts, '  ')))}",)
        case Not(part, say):
            return (f"{indent}{say}〔不是：{'；'.join(map(str.strip, condition_lines(part)))}〕",)
        case Unclear(say):
            return (f"{indent}条文没有写明：{say}",)
        case _ as unreachable:
            assert_never(unreachable)


def _lines_of(parts: Iterable[Condition], indent: str) -> tuple[str, ...]:
    return tuple(line for part in parts for line in condition_lines(part, indent))


def _benefit(benefit: Formula | Ceiling | Tiers | NoFigure) -> tuple[str, ...]:
    match benefit:
        case Tiers(tiers):
            return tuple(f"{'；'.join(condition_lines(when))}：{'；'.join(_benefit(part))}" for when, part in tiers)
        case Formula(cap=None, per=per) if PER[per]:
            return (f"{say_benefit(benefit)}（按{PER[per]}算）",)
        case _:
            return (say_benefit(benefit),)


def _rule(rule: JointLimit | Exclusion | BetterOf) -> Fields:
    fields = {"说明": (rule.say,), "出处": (rule.source,), "管哪些条款": tuple(sorted(rule.clauses))}
    match rule:
        case JointLimit(cap=cap):
            return {"合计上限": (format_yuan(cap),), **fields}
        case Exclusion(is_stated=is_stated):
            return {**fields, "条文写明了": ("是" if is_stated else "否",)}
        case BetterOf(attribute=attribute):
            return {**fields, "比的是": (attribute.label,)}
        case _ as unreachable:
            assert_never(unreachable)


def _attribute(attribute: Attribute) -> Fields:
    default = "" if attribute.default is None else say_value(attribute, attribute.default)
    return {
        "名字": (attribute.label,),
        "类型": (attribute.type.value,),
        "可选的值": tuple(f"{value}（{attribute.label_of(value)}）" for value in attribute.values),
        "是否的说法": tuple(f"{key}：{said}" for key, said in attribute.labels.items() if key not in attribute.values),
        "说明": _text(attribute.note),
        "没说时当作": _text(default),
        "没说时跟着": _text(attribute.default_from or ""),
        "企业怎样做到": _text("" if attribute.way is None else attribute.way.say),
        "只有头一次算": ("是",) if attribute.way is not None and attribute.way.is_once else (),
    }


def _question(question: Question) -> Fields:
    return {
        "问法": (question.prompt,),
        "为什么问": (question.why,),
        "选项": tuple(f"{choice.label}（{choice.value}）" for choice in question.choices),
        "选项的其他说法": tuple(f"{choice.label}：{word}" for choice in question.choices for word in choice.words),
        "提到它的词": question.cues,
        "表示是的话": question.yes_words,
        "表示否的话": question.no_words,
        "问是否首次": ("是" if question.asks_first else "否",),
        "不清楚的说法": _text(question.unsure),
    }


def _flow(guide: Guide) -> Iterator[Entry]:
    flow, attributes = guide.flow, guide.knowledge.attributes

    def labels(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{number}. {attributes[name].label}" for number, name in enumerate(names, 1))

    yield Entry(Part.FLOW, "core", "先问的", {"顺序": labels(flow.core)})
    yield Entry(Part.FLOW, "direct", "直接问的", {"问哪些": labels(flow.direct)})
    yield Entry(Part.FLOW, "premises", "一起问的前提", {"问哪些": tuple(flow.premises.values())})
    for topic in flow.topics:
        fields = {"名字": (topic.label,), "问哪些": labels(topic.attributes), "提到它的词": topic.words}
        fields["合在一起问的话"] = _text(topic.together)
        yield Entry(Part.FLOW, f"topic {topic.id}", f"话题：{topic.label}", fields)
    said = {"问事项的话": (flow.topics_prompt, flow.more_topics_prompt), "问前提的话": (flow.premises_prompt,)}
    numbers = {"每页几项": (str(flow.page_size),), "几小时不说话就重新招呼": (str(flow.idle_hours),)}
    yield Entry(Part.FLOW, "settings", "其他", {**said, **numbers})


def _contact(contact: Contact) -> Fields:
    return {
        "名称": (contact.name,),
        "电话": _text(contact.phone or ""),
        "时间": _text(contact.hours or ""),
        "出处": _text(contact.source),
    }


def _term(term: Term) -> Fields:
    return {"解释": (term.meaning,), "也叫": term.synonyms}


def _text(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
