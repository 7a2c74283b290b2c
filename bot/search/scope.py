"""Whether a question is one that the texts are there to answer; a threshold on the score alone does not tell."""

from dataclasses import dataclass

from bot.search.questions import Question
from bot.search.words import SearchWords, any_of_words

WITH_TOPIC, WITH_PLACE, WITH_RULE, WITH_POLICY, WITH_NOTHING = 0.34, 0.5, 0.4, 0.5, 0.75
BESIDE_OFF_TOPIC = 0.6
FEWEST_UNITS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much a question says, in units that tell something, and what share of them the best articles cover.

    `names_label`: whether a tag, a title or a term of the knowledge stands in it.
    """

    covered: float
    informative: int
    names_label: bool


def is_in_scope(question: Question, evidence: Evidence, words: SearchWords) -> bool:
    """Whether to answer: not refused by a word, and of the field or covered by the texts."""
    if _is_refused(question, words) or _is_elsewhere(question, words):
        return False
    is_off_topic = _names(words.off_topics, question)
    if _names(words.topics, question):
        return evidence.covered >= (BESIDE_OFF_TOPIC if is_off_topic else WITH_TOPIC)
    return not is_off_topic and not _names(words.other_fields, question) and _is_covered(question, evidence, words)


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


def _is_covered(question: Question, evidence: Evidence, words: SearchWords) -> bool:
    """Whether a question that names no word of the field is covered well enough, for what else it names."""
    asks_rule = _names(words.rule_words, question)
    policy = (*words.policy_words, *words.money_words, *words.broad_topics)
    asks_policy = evidence.names_label or _names(policy, question)
    if question.targets and asks_rule:
        return True
    if question.targets and asks_policy:
        return evidence.covered >= WITH_PLACE
    if asks_rule:
        return evidence.covered >= WITH_RULE
    if asks_policy:
        return evidence.covered >= WITH_POLICY
    return evidence.informative >= FEWEST_UNITS and evidence.covered >= WITH_NOTHING
