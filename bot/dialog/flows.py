"""The flow that staff set: which questions come first, which belong to a topic, what is asked once together."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar

from bot.policy.attributes import Profile
from bot.policy.clauses import Clause, Kind, Knowledge, benefit_attributes
from bot.policy.conditions import Requirement, attributes_of, requirements_of
from bot.policy.matching import Matcher, Verdict, judge, watched
from bot.policy.memo import Memo, TextMemo
from bot.search.characters import normalised
from bot.search.index import SearchIndex
from bot.search.words import SearchWords
from bot.understanding.lexicon import Lexicon
from bot.understanding.questions import Choice, Question
from bot.understanding.text import normalize

T = TypeVar("T")
ITEM = re.compile(r"\d(?:\.\d){1,2}-\d{1,2}")
"""The number of an item of a digest."""
KEPT, KEPT_OF_VERDICTS, KEPT_TEXTS = 300, 6_000, 2_000
"""How much is kept: of whole profiles, of verdicts, and of texts."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something an enterprise may have done or plan; its questions are asked only when it says so.

    With `together`, an introduction, its yes/no attributes are asked in one question of several choices.
    """

    id: str
    label: str
    attributes: tuple[str, ...]
    words: tuple[str, ...] = ()
    together: str = ""


@dataclass(frozen=True)
class Flow:
    """The eligibility flow.

    `core` attributes are asked first, in this order; `direct` ones whenever they alone still decide something.
    `topics_prompt`, `more_topics_prompt` and `premises_prompt` introduce the joint questions. `premises` are the
    attributes of what nearly everyone meets, each with what would stand against it; `premise_choices` are the options:
    none of them, some of them. `page_size` is the number of policies on a page of the result; after `idle_hours` of
    silence the bot says where it stood.
    """

    core: tuple[str, ...]
    direct: tuple[str, ...]
    topics_prompt: str
    more_topics_prompt: str
    topics: tuple[Topic, ...]
    premises_prompt: str
    premises: Mapping[str, str]
    premise_choices: tuple[Choice, ...] = ()
    page_size: int = 5
    idle_hours: int = 24

    def own_attributes(self, topic: Topic) -> frozenset[str]:
        """The attributes that belong to this topic and to no other: only these tell that it applies."""
        return self._own_attributes[topic.id]

    @cached_property
    def _own_attributes(self) -> Mapping[str, frozenset[str]]:
        topics = self.topics
        others = {t.id: {name for other in topics if other.id != t.id for name in other.attributes} for t in topics}
        return {topic.id: frozenset(topic.attributes) - others[topic.id] for topic in topics}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something people say beside the matter, and what the bot answers.

    `whole`: the message is this. `phrases`: a short message has this in it, `asked`: a short question. `again`: what is
    said of it from the second time on; empty where that makes no difference.
    """

    say: str
    whole: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    again: str = ""


@dataclass(frozen=True)
class Guide:
    """All the content that one turn needs: of one version, never a mixture."""

    knowledge: Knowledge
    lexicon: Lexicon
    flow: Flow
    index: SearchIndex
    search_words: SearchWords
    small_talk: tuple[Remark, ...] = ()

    def remembered(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """What was made of an equal key before on this content, else what is made now; the key begins with the maker.

        Only what follows from the key and the content alone may be kept.
        """
        made: T = self._kept.of(key, make)
        return made

    def read(self, text: str, maker: Hashable, make: Callable[[], T]) -> T:
        """What was made of an equal text before by the same maker on this content, else what is made now."""
        return self._read.of(text, (maker,), make)

    @cached_property
    def _read(self) -> TextMemo:
        return TextMemo(KEPT_TEXTS)

    def corrected(self, text: str) -> str:
        """The text as the search reads it, its spelling put right."""
        return self.read(text, SearchIndex.corrected, lambda: self.index.corrected(text))

    @cached_property
    def _kept(self) -> Memo[tuple[Hashable, ...], Any]:
        return Memo(KEPT)

    def judge(self, clause: Clause, profile: Profile, on: date) -> Verdict:
        """The verdict on one clause of this content."""
        return self.of_verdict((judge, clause.id, profile, on), lambda: judge(clause, profile, on))

    def of_verdict(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """As `remembered`, for what follows from verdicts of `matcher`: there are many, and each is small."""
        made: T = self._of_verdicts.of(key, make)
        return made

    @cached_property
    def _of_verdicts(self) -> Memo[tuple[Hashable, ...], Any]:
        return Memo(KEPT_OF_VERDICTS)

    @cached_property
    def looked_at(self) -> Mapping[int, frozenset[str]]:
        """For each condition of a clause that can be claimed, by identity, the attributes that its truth rests on."""
        clauses = self.matcher.clauses
        parts = (part for c in clauses for part in (c.policy.scope, c.policy.premises, c.condition))
        return {id(part): watched(part) for part in parts}

    @cached_property
    def matcher(self) -> Matcher:
        """The clauses for which an enterprise can apply: directions and rules decide nothing."""
        return Matcher(tuple(clause for clause in self.knowledge.clauses if clause.is_claimable))

    @cached_property
    def matcher_of_all(self) -> Matcher:
        """All clauses, the directions and rules among them."""
        return Matcher(self.knowledge.clauses)

    @cached_property
    def requirements(self) -> Mapping[str, tuple[Requirement, ...]]:
        """For each attribute what the clauses for which an enterprise can apply require of it."""
        found: dict[str, list[Requirement]] = {}
        for clause in self.matcher.clauses:
            for condition in (clause.policy.scope, clause.condition):
                for requirement in requirements_of(condition):
                    found.setdefault(requirement.attribute.name, []).append(requirement)
        return {name: tuple(each) for name, each in found.items()}

    @cached_property
    def directions(self) -> tuple[Clause, ...]:
        """What the documents intend, with nothing to claim."""
        return tuple(clause for clause in self.knowledge.clauses if clause.kind is Kind.DIRECTION)

    @cached_property
    def topic_words(self) -> Mapping[str, frozenset[str]]:
        """The words of each topic, as understanding reads them."""
        return {topic.id: frozenset(map(normalize, topic.words)) for topic in self.flow.topics}

    @cached_property
    def numbered_documents(self) -> tuple[str, ...]:
        """The documents whose articles are items (2.1.2-4), in their order."""
        numbered = {clause.document.id for clause in self.knowledge.clauses if ITEM.fullmatch(clause.article)}
        return tuple(each.id for each in self.knowledge.documents.values() if each.id in numbered)

    @cached_property
    def tags_by_attribute(self) -> Mapping[str, frozenset[str]]:
        """For each attribute the tags, as search writes them, of what is claimed by it, scope and premises aside."""
        found: dict[str, set[str]] = {}
        for clause in (clause for clause in self.knowledge.clauses if clause.is_claimable):
            for name in attributes_of(clause.condition) | benefit_attributes(clause.benefit):
                found.setdefault(name, set()).update(map(normalised, clause.tags))
        return {name: frozenset(tags) for name, tags in found.items()}

    @cached_property
    def labels(self) -> frozenset[str]:
        """The titles and tags of the clauses, as search writes them."""
        clauses = self.knowledge.clauses
        return frozenset(normalised(label) for clause in clauses for label in (clause.title, *clause.tags))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What names something to look up: labels of clauses, names of terms and of departments; no district."""
        terms = (name for term in self.knowledge.terms for name in (term.name, *term.synonyms))
        departments = (contact.name for contact in self.knowledge.contacts.values())
        region = self.knowledge.attributes.get("region")
        districts = {place.removesuffix("区") for place in region.values} if region is not None else set()
        return tuple(sorted(self.labels.union(map(normalised, (*terms, *departments))) - districts))

    @cached_property
    def name_set(self) -> frozenset[str]:
        """The same names, to look one up."""
        return frozenset(self.names)

    @cached_property
    def document_names(self) -> frozenset[str]:
        """The titles and other names of the documents, as search writes them."""
        documents = self.knowledge.documents.values()
        names = (name for each in documents for name in (each.title, each.short_title, *each.names))
        return frozenset(map(normalised, names))

    def question(self, attribute: str) -> Question:
        """The question about an attribute."""
        return self.lexicon.questions[attribute]


def once(reader: Callable[[str, Guide], T]) -> Callable[[str, Guide], T]:
    """The reader, which reads an equal text no second time."""

    @wraps(reader)
    def read(text: str, guide: Guide) -> T:
        return guide.read(text, reader, lambda: reader(text, guide))

    return read


NONE_OF_THESE = Choice("none", "都没有", ("没有", "都没", "一个都没有", "无"))
"""The last option of the question about topics."""
UNSURE = Choice("unknown", "不清楚", ("不知道", "说不上来"))
"""The last option of a question with options."""
ALL_CLEAR = "clear"
SOME_OF_THEM = "some"
"""The values of the options of the question about the premises."""


def topic_choices(topics: tuple[Topic, ...]) -> tuple[Choice, ...]:
    """The options of the question about topics, in the order shown."""
    return (*(Choice(topic.id, topic.label, topic.words) for topic in topics), NONE_OF_THESE)
