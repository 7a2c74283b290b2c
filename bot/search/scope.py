"""Whether a question is one that the texts are there to answer; a threshold on the score alone does not tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.search.questions import Question
from bot.search.words import SearchWords, any_of_words

FEWEST_UNITS = 4
STRANGE, LIKELY, COVERED_WHERE_LIKELY = 0.03, 0.6, 0.3
"""What is unlike all that the texts answer is not answered; what is much like it, with this much of it covered, is."""


class Ground(StrEnum):
    """What a question names, by which it is judged."""

    REFUSED = "a word that is always refused, or another city"
    OTHER_FIELD = "a word of another field, and none of ours"
    TOPIC = "a word of the field"
    TOPIC_AND_POLICY = "a word of the field, and one of our places, of any policy or of a rule"
    BESIDE_OFF_TOPIC = "a word of the field, and one of none"
    PLACE_AND_RULE = "one of our places and a rule"
    PLACE = "one of our places and a policy"
    RULE = "a rule without a place"
    POLICY = "a policy without a place"
    NOTHING = "none of these"


COVERED: Mapping[Ground, float] = {
    Ground.TOPIC: 0.32,
    Ground.TOPIC_AND_POLICY: 0.2,
    Ground.BESIDE_OFF_TOPIC: 0.6,
    Ground.PLACE_AND_RULE: 0.0,
    Ground.PLACE: 0.4,
    Ground.RULE: 0.4,
    Ground.POLICY: 0.5,
    Ground.NOTHING: 0.75,
}
"""What share of a question's telling units the best articles must cover; a ground that is missing is never enough."""


OF_THE_FIELD = frozenset({Ground.TOPIC, Ground.TOPIC_AND_POLICY})
"""Grounds on which a question is never strange."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much a question says, in units that tell something, and what share of them the best articles cover.

    `names_label`: whether a tag, a title or a term of the knowledge stands in it.
    """

    covered: float
    informative: int
    names_label: bool


def is_in_scope(question: Question, evidence: Evidence, words: SearchWords, likelihood: float | None = None) -> bool:
    """Whether to answer: not refused by a word, and of the field or covered by the texts.

    `likelihood`: how much the question is like those that the texts answer, from 0 to 1; None where that is not known.
    """
    ground = ground_of(question, words, names_label=evidence.names_label)
    if ground is Ground.REFUSED:
        return False
    if likelihood is not None and likelihood >= LIKELY and evidence.covered >= COVERED_WHERE_LIKELY:
        return True
    is_strange = ground not in OF_THE_FIELD and likelihood is not None and likelihood < STRANGE
    return not is_strange and _is_covered(ground, evidence)


def _is_covered(ground: Ground, evidence: Evidence) -> bool:
    """Whether the texts cover as much of the question as its ground asks for."""
    is_short = ground is Ground.NOTHING and evidence.informative < FEWEST_UNITS
    return ground in COVERED and not is_short and evidence.covered >= COVERED[ground]


def ground_of(question: Question, words: SearchWords, *, names_label: bool) -> Ground:
    """By what a question is judged; a tag, a title or a term of the knowledge counts as a policy."""
    if _is_refused(question, words) or _is_elsewhere(question, words):
        return Ground.REFUSED
    is_off_topic = _names(words.off_topics, question)
    if _names(words.topics, question):
        return Ground.BESIDE_OFF_TOPIC if is_off_topic else _ground_in_the_field(question, words)
    if is_off_topic or _names(words.other_fields, question):
        return Ground.OTHER_FIELD
    return _ground_outside_the_field(question, words, names_label=names_label)


def _names(words: tuple[str, ...], question: Question) -> bool:
    return any_of_words(words).search(question.text) is not None


def _is_refused(question: Question, words: SearchWords) -> bool:
    return any(_names(each, question) for each in (words.refused, words.rude, words.instructions))


def _is_elsewhere(question: Question, words: SearchWords) -> bool:
    """Whether another city is what the question is about, not only where somebody comes from."""
    named = list(any_of_words(words.elsewhere).finditer(question.text))
    if any(_has_zone_of_its_own(question.text[place.end() :], words) for place in named):
        return True
    if question.targets or "北京" in question.text or _names(words.origins, question):
        return False
    return bool(named)


def _has_zone_of_its_own(after: str, words: SearchWords) -> bool:
    """Whether what follows another city is a word like 开发区, which then is that city's."""
    steering = tuple(word for place in words.places for word in place.words)
    return any_of_words(steering).match(after.removeprefix("市")) is not None


def _ground_in_the_field(question: Question, words: SearchWords) -> Ground:
    asks_policy = bool(question.targets) or _names((*words.policy_words, *words.rule_words), question)
    return Ground.TOPIC_AND_POLICY if asks_policy else Ground.TOPIC


def _ground_outside_the_field(question: Question, words: SearchWords, *, names_label: bool) -> Ground:
    """By what a question is judged that names no word of the field."""
    asks_rule = _names(words.rule_words, question)
    policy = (*words.policy_words, *words.money_words, *words.broad_topics)
    asks_policy = names_label or _names(policy, question)
    if question.targets and asks_rule:
        return Ground.PLACE_AND_RULE
    if question.targets and asks_policy:
        return Ground.PLACE
    if asks_rule:
        return Ground.RULE
    return Ground.POLICY if asks_policy else Ground.NOTHING
