"""Contacts, documents, titles and terms: what is named twice, is of no use, has no source or is over."""

from collections.abc import Iterator
from datetime import date

from bot.content.articles import bare
from bot.content.figure_reading import Measure, keys_of
from bot.content.places import CONTACTS, DOCUMENTS, TERMS, Places, Said
from bot.content.problems import Finding, Weight
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause, Document, Exclusion, JointLimit
from bot.policy.money import format_yuan

_LINKS = str.maketrans("", "", "的和与及之")


def lint_names(places: Places, on: date) -> Iterator[Finding]:
    """Reminders on contacts, documents, titles, rules and terms; a notice for each document that is over on the day."""
    yield from (places.at(CONTACTS, said) for said in _contacts(places))
    yield from (places.at(DOCUMENTS, said) for said in _documents(places, on))
    yield from (places.at(DOCUMENTS, said) for said in _rules(places))
    yield from (places.at_clause(clause, said) for clause, said in _titles(places))
    yield from (places.at(TERMS, said) for said in _terms(places))


def _contacts(places: Places) -> Iterator[Said]:
    knowledge = places.guide.knowledge
    used = {knowledge.hotline.id}
    holders: tuple[Document | Clause, ...] = (*knowledge.documents.values(), *knowledge.clauses)
    for holder in holders:
        used |= {contact.id for contact in holder.contacts}
    for index, contact in enumerate(knowledge.contacts.values()):
        if not contact.source:
            what = f"{contact.name} 没有写出处"
            yield Said(("contacts", index), what, "用 source 写明这个部门或号码出自哪里")
        if contact.id not in used:
            yield Said(("contacts", index, "id"), f"没有条款或文件用到 {contact.id}（{contact.name}）", "用不着就删掉")


def _documents(places: Places, on: date) -> Iterator[Said]:
    knowledge = places.guide.knowledge
    used = {name for clause in knowledge.clauses for name in (clause.document.id, clause.policy.id)}
    for index, document in enumerate(knowledge.documents.values()):
        if document.id not in used:
            yield Said(("documents", index, "id"), f"{document.short_title} 没有条款", "补上条款，或删掉这份文件")
        if availability_of(document, on) is Availability.CLOSED:
            what = f"{document.short_title} 到 {on.isoformat()} 已经过期，会显示为已截止"
            yield Said(("documents", index, "status"), what, "有新的一版就补上，没有就不用改", Weight.NOTICE)


def _rules(places: Places) -> Iterator[Said]:
    combining = places.guide.knowledge.combining
    named: tuple[tuple[str, tuple[JointLimit | Exclusion, ...]], ...] = (
        ("limits", combining.limits),
        ("exclusions", combining.exclusions),
    )
    for kind, rules in named:
        for index, rule in enumerate(rules):
            if len(rule.clauses) < 2:
                yield Said(("combining", kind, index, "clauses"), f"规则 {rule.id} 只管一项", "至少写两项，或删掉规则")
    for index, limit in enumerate(combining.limits):
        if (Measure.NUMBER, limit.cap) not in keys_of(limit.say):
            what = f"这里的话没有说 cap 的 {format_yuan(limit.cap)}"
            yield Said(("combining", "limits", index, "say"), what, "数字改过了就一起改")


def _titles(places: Places) -> Iterator[tuple[Clause, Said]]:
    """Titles of one document that are the same but for marks, link words or one character more."""
    seen: dict[tuple[str, str], Clause] = {}
    for clause in places.guide.knowledge.clauses:
        name = bare(clause.title).translate(_LINKS)
        shorter = (name[:i] + name[i + 1 :] for i in range(len(name)))
        keys = [(clause.document.id, each) for each in (name, *shorter)]
        if other := seen.get(keys[0]) or next((seen[k] for k in keys[1:] if k in seen and _is_whole(seen[k], k)), None):
            what = f"标题和 {other.id} 的「{other.title}」几乎一样"
            yield clause, Said(("title",), what, "写明两项的区别，或合并")
        for key in keys:
            seen.setdefault(key, clause)


def _is_whole(clause: Clause, key: tuple[str, str]) -> bool:
    """Whether the key is the clause's whole title, not one with a character left out."""
    return bare(clause.title).translate(_LINKS) == key[1]


def find_twice(places: Places) -> Iterator[Finding]:
    """A mistake for each term that is written twice."""
    seen: set[str] = set()
    for index, term in enumerate(places.guide.knowledge.terms):
        if term.name in seen:
            said = Said(("terms", index, "name"), f"名词「{term.name}」写了两次", "合并成一个", Weight.MISTAKE)
            yield places.at(TERMS, said)
        seen.add(term.name)


def _terms(places: Places) -> Iterator[Said]:
    """Synonyms that name another term as well, or the term itself."""
    terms = places.guide.knowledge.terms
    bearers = {term.name: term.name for term in terms}
    for index, term in enumerate(terms):
        for place, synonym in enumerate(term.synonyms):
            path = ("terms", index, "synonyms", place)
            bearer = bearers.setdefault(synonym, term.name)
            if synonym == term.name:
                yield Said(path, f"「{synonym}」就是这个词本身", "删掉这一个")
            elif bearer != term.name:
                yield Said(path, f"「{synonym}」已经是「{bearer}」的说法", "只留一处")
