"""What a text says without telling it of the enterprise: words of a question or of anger that look like facts."""

import re
from dataclasses import replace

from bot.dialog.flows import Guide
from bot.dialog.state import State
from bot.policy.attributes import AttributeType
from bot.search.characters import normalised
from bot.search.words import any_of_words
from bot.understanding.meaning import Fact, Understanding
from bot.understanding.questions import Question
from bot.understanding.stance import VERBS

_OWN = re.compile(r"我|咱|俺|公司|单位|企业|本|注册|执照|登记|搬|迁|改")
_DONE = re.compile(r"了|过|有|已|是|没|不|未|无|首|第一|头[一次回个]")
LONGEST_ANGER = 16


def without_overheard(meaning: Understanding, question: Question | None, state: State, guide: Guide) -> Understanding:
    """The meaning without what nobody told: 一点用没有 answers nothing, a policy's place is not the enterprise's."""
    if _is_angry(meaning, question, guide):
        return replace(meaning, answer=None, facts=(), unknown=())
    if not meaning.asks:
        return meaning
    if question is not None and question.id in VERBS and not VERBS[question.id].search(meaning.text):
        named = {name for hit in guide.lexicon.cue_index.find(normalised(meaning.text)) for name in hit.meaning}
        if question.id not in named and meaning.answer is not None and meaning.answer.value is not None:
            facts = tuple(fact for fact in meaning.facts if fact.attribute != question.id)
            meaning = replace(meaning, answer=None, facts=facts)
    return replace(meaning, facts=tuple(fact for fact in meaning.facts if _is_told(fact, state, guide)))


def _is_angry(meaning: Understanding, question: Question | None, guide: Guide) -> bool:
    asked = set() if question is None else {question.id}
    is_rude = any_of_words(guide.search_words.rude).search(normalised(meaning.text)) is not None
    return is_rude and len(meaning.text) <= LONGEST_ANGER and {fact.attribute for fact in meaning.facts} <= asked


def _is_told(fact: Fact, state: State, guide: Guide) -> bool:
    """Whether a fact beside a question is one: a place or a title that is only named may be the policy's."""
    if _OWN.search(fact.said):
        return True
    known = state.profile.values.get(fact.attribute)
    if fact.attribute == "region":
        return known is None or known == fact.value
    is_claim = guide.knowledge.attributes[fact.attribute].type is AttributeType.BOOL
    return not is_claim or _DONE.search(fact.said) is not None
