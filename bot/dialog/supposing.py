"""What-ifs: the difference that a supposition makes is shown; it is recorded only when the user adopts it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.dialog.acts import Notice, Tell
from bot.dialog.asked import SURE, read_asked
from bot.dialog.asking import question_of
from bot.dialog.commands import show_result
from bot.dialog.deciding import passed_attributes
from bot.dialog.differing import shifts_between, totals_of, why_unmoved
from bot.dialog.flows import Guide
from bot.dialog.hearing import state_facts
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.relative_sums import changed_by, multiplied
from bot.dialog.remarks import answer_question
from bot.dialog.results import Result, build_result
from bot.dialog.state import State, Supposed
from bot.dialog.tracking import record_facts, steps_from
from bot.dialog.what_if_acts import Effect, Supposal, WhatIf
from bot.policy.attributes import Profile, Value
from bot.search.words import Shape, any_of_words
from bot.understanding.answers import REGION
from bot.understanding.hypotheses import (
    Hypothesis,
    Supposition,
    denies_title,
    find_follow_up,
    find_hypothesis,
    read_hypothesis,
)
from bot.understanding.meaning import Fact, Intent
from bot.understanding.questions import AnswerType, Question
from bot.understanding.reading import read

FIRSTS = ("first_registration", "first_listing", "first_trade", "first_open")
_ADOPTS = re.compile(
    r"(?:那|好|好的|行|嗯|可以|对|就)*(?:(?:按|照|依)着?(?:这个|这样|这么|刚才的?|你说的|假设的?|上面的?)(?:来|办|算|定|记|改|填|做)?"
    r"|(?:就)?这么(?:定|办|来|记|做|算)|(?:把)?(?:这个|刚才的?|假设的?)(?:也)?(?:记下来?|记上|记录)|采用|采纳|当真)(?:了|吧|啦|好了|定了|的)*"
)
_AS_IT_IS = r"(?:今天|现在|目前|实际|原来|原样|现状)的?(?:情况|日期|样子|数字?)?"
_REAL_AGAIN = re.compile(
    rf"(?:算了|那|好|嗯|还是|就|再)*(?:(?:按照?|以){_AS_IT_IS}来?(?:算|就行|就好)?|{_AS_IT_IS}来?算(?:回去|回来|吧|一下)*|算回(?:去|来)"
    rf"|(?:回|退|换)(?:到|回)?(?:{_AS_IT_IS})?|(?:如果|要是)?(?:不搬|不变|不改|不动|照旧|维持现状|保持现状)(?:的话)?呢?"
    r"|不(?:假设|如果)了|不做?假设了|(?:刚才的?)?假设(?:的)?(?:不算|取消|作废)了?)(?:吧|了|啦)*"
)
_MOVES, _BESIDE = re.compile(r"搬|迁"), re.compile(r"也|还|同时")
_OWN_FIRST = re.compile(r"(?:不是|不算|已经不是|并非)(?:我们)?(?:的)?(?:首次|第一次|头一次|头一回)")
_ANOTHER_FIRM = re.compile(r"子公司|分公司|分支机构|新公司|关联公司|分部")
_ASIDE_SHAPES = frozenset({Shape.HOW, Shape.TIME, Shape.CONTACT, Shape.TERM, Shape.COMPARE})
"""What is asked of a policy that has nothing to do with who the enterprise is."""
_PAYS = re.compile(r"[投买卖]")
_PAID_FOR = {"投": "投建", "买": "购保", "卖": "易"}
"""What the label of a sum has in it, by the verb that is said of it."""
_NEAR, _MOST_NAMED = 0.75, 4


def suppose(state: State, moment: Moment) -> Move | None:
    """Answer a what-if, adopt the last one, or go back to what is so; None for any other text."""
    if state.supposed is not None and (move := _after_one(state, state.supposed, moment)) is not None:
        return move
    if moment.meaning.command.intent is Intent.AS_OF:
        return None
    text, guide = moment.meaning.text, moment.guide
    hypothesis = guide.read(text, find_hypothesis, lambda: find_hypothesis(text, guide.lexicon))
    if hypothesis is None and state.supposed is not None and not state.subject:
        hypothesis = find_follow_up(moment.meaning.text)
    return None if hypothesis is None else _answer(hypothesis, state, moment)


def still_supposed(before: State, move: Move) -> Supposed | None:
    """What is left of the last what-if: nothing once the enterprise is known to be otherwise."""
    is_shown = any(isinstance(act, WhatIf) for act in move.acts)
    return move.state.supposed if is_shown or move.state.profile == before.profile else None


def _after_one(state: State, supposed: Supposed, moment: Moment) -> Move | None:
    plain = "".join(sign for sign in moment.meaning.text if sign.isalnum())
    if _ADOPTS.fullmatch(plain):
        return _adopt(state, supposed, moment)
    if not _REAL_AGAIN.fullmatch(plain):
        return None
    shown = show_result(replace(state, supposed=None), moment)
    return replace(shown, acts=(Tell(Notice.REAL_AGAIN), *shown.acts))


def _adopt(state: State, supposed: Supposed, moment: Moment) -> Move:
    """Record what was supposed, through the ordinary echo; a day is nothing to record."""
    facts = tuple(Fact(name, value, moment.meaning.text) for name, value in supposed.values.values.items())
    adopted, record = record_facts(state, facts, (), moment.guide)
    if record is None:
        return Move(replace(state, misses=0), (Tell(Notice.NOTHING_TO_ADOPT),), Then.REPEAT)
    adopted = replace(adopted, steps=steps_from(state), supposed=None, misses=0)
    if state.asked in supposed.values.values:
        return Move(replace(adopted, pending=None), (record,))
    return Move(adopted, (record,), Then.REPEAT if state.pending is not None else Then.NEXT)


def _answer(hypothesis: Hypothesis, state: State, moment: Moment) -> Move | None:
    if _ANOTHER_FIRM.search("".join(hypothesis.supposed)):
        return Move(replace(state, misses=0), (Tell(Notice.ANOTHER_FIRM),), Then.REPEAT)
    told = _tell(hypothesis.told, state, moment) or Move(state)
    state = told.state
    named, hypothesis = _parted_names(hypothesis, moment)
    premise = read_hypothesis(hypothesis, _questions(state, hypothesis, moment), moment.guide.lexicon, moment.on)
    premise = _with_own_first(premise, hypothesis, state)
    if not premise.facts and (facts := multiplied("".join(hypothesis.supposed), state.profile, moment.guide)):
        premise = replace(premise, facts=facts, asked="")
    if not premise.facts and premise.on is None:
        return _ask_which_first(hypothesis, state)
    if _is_aside(f"{named}{premise.asked}", moment.guide):
        return None
    supposed = _supposed(premise, hypothesis, state, moment)
    act = _difference(supposed, _named(f"{named}{premise.asked}", moment.guide), state, moment)
    if not state.profile.values and not act.shifts:
        return _answer_of_place(supposed, state, moment)
    return Move(replace(state, supposed=supposed, misses=0), (*told.acts, act), Then.REPEAT)


def _answer_of_place(supposed: Supposed, state: State, moment: Moment) -> Move | None:
    """Of an enterprise of which nothing is known, what there is for the place that is supposed."""
    region = supposed.values.values.get("region")
    if region is None or len(supposed.values.values) > 1:
        return None
    meaning = replace(moment.meaning, text=f"{region}有什么政策？", asks=True)
    return answer_question(state, replace(moment, meaning=meaning))


def _tell(text: str, state: State, moment: Moment) -> Move | None:
    """Record what stands before the supposition, and is so."""
    if not text:
        return None
    meaning = read(text, question_of(state.pending, moment.guide), moment.guide.lexicon, moment.on)
    if not meaning.facts or meaning.asks:
        return None
    return state_facts(state, replace(moment, meaning=meaning))


def _parted_names(hypothesis: Hypothesis, moment: Moment) -> tuple[str, Hypothesis]:
    """The policy that is named within what is supposed (注册到经开区数据券能领多少), and the supposition without it."""
    guide = moment.guide
    names = any_of_words(guide.names)
    for at, text in enumerate(hypothesis.supposed):
        found = list(names.finditer(text))
        if not found or read_hypothesis(replace(hypothesis, supposed=(text,)), (), guide.lexicon, moment.on).facts:
            continue
        for name in found:
            rest = text.replace(name[0], "，", 1)
            if read_hypothesis(replace(hypothesis, supposed=(rest,)), (), guide.lexicon, moment.on).facts:
                parts = (*hypothesis.supposed[:at], rest, *hypothesis.supposed[at + 1 :])
                return name[0], replace(hypothesis, supposed=parts)
    return "", hypothesis


def _questions(state: State, hypothesis: Hypothesis, moment: Moment) -> tuple[Question, ...]:
    """The questions that a bare value may answer: those of the last what-if, then the one that is open."""
    if hypothesis.is_named:
        return ()
    before, questions = state.supposed or Supposed(), moment.guide.lexicon.questions
    again = [questions[name] for name in reversed(tuple(before.values.values)) if name in questions]
    pending = question_of(state.pending, moment.guide)
    asked = () if pending is None or hypothesis.is_elliptic else (pending,)
    said = "".join(hypothesis.supposed)
    placed = (questions[REGION],) if REGION in questions and moment.guide.lexicon.place_index.find(said) else ()
    every = (*asked, *again, *_questions_of_known(state, hypothesis, moment), *placed)
    return tuple(each for each in every if each.asks_first) if _is_bare_first(hypothesis) else every


def _questions_of_known(state: State, hypothesis: Hypothesis, moment: Moment) -> tuple[Question, ...]:
    """Those of the only sum that is known and may be meant, and of the steps for which the supposition has a word."""
    said, lexicon = "".join(hypothesis.supposed), moment.guide.lexicon
    known = [lexicon.questions[name] for name in state.profile.values if name in lexicon.questions]
    sums = [each for each in known if each.type is AnswerType.AMOUNT and _may_be_of(said, each)]
    steps = [each for each in known if each.type is AnswerType.ORDERED and lexicon.choice_words(each).find(said)]
    return (*(sums if len(sums) == 1 else ()), *steps)


def _may_be_of(said: str, question: Question) -> bool:
    """Whether a sum may be of the question by its verb: 投了一个亿 is of no sale."""
    verb = _PAYS.search(said)
    return verb is None or any(sign in question.label for sign in _PAID_FOR[verb[0]])


def _with_own_first(premise: Supposition, hypothesis: Hypothesis, state: State) -> Supposition:
    """不是首次 without saying of what is about the firsts that the enterprise told of."""
    if premise.facts or not _is_bare_first(hypothesis):
        return premise
    known = [name for name in FIRSTS if state.profile.values.get(name) is True]
    facts = tuple(Fact(name, value=False, said=hypothesis.supposed[0]) for name in known)
    return replace(premise, facts=facts, asked="" if facts else premise.asked)


def _is_bare_first(hypothesis: Hypothesis) -> bool:
    return len(hypothesis.supposed) == 1 and _OWN_FIRST.search(hypothesis.supposed[0]) is not None


def _ask_which_first(hypothesis: Hypothesis, state: State) -> Move | None:
    if not _is_bare_first(hypothesis):
        return None
    return Move(replace(state, misses=0), (Tell(Notice.WHICH_FIRST),), Then.REPEAT)


def _is_aside(asked: str, guide: Guide) -> bool:
    """Whether what is asked besides is how, when or where to claim some policy: that is no matter of the result."""
    return bool(asked) and any(
        each.has_subject and not _ASIDE_SHAPES.isdisjoint(each.shapes) for each in read_asked(asked, guide)
    )


def _named(asked: str, guide: Guide) -> frozenset[str]:
    """The claimable clauses that are asked about by name."""
    found: set[str] = set()
    for each in read_asked(asked, guide) if asked else ():
        hits = [hit for hit in guide.index.search(each.text) if hit.clause.is_claimable] if each.has_subject else []
        best = max((hit.score for hit in hits), default=0.0)
        near = [hit.clause.id for hit in hits if hit.score >= max(_NEAR * best, SURE)]
        found |= set(near[:_MOST_NAMED])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two results that are compared."""

    before: Result
    after: Result


def _supposed(premise: Supposition, hypothesis: Hypothesis, state: State, moment: Moment) -> Supposed:
    """All that is supposed now: with what was supposed before, where the text goes on from it, and on its day."""
    before = state.supposed or Supposed()
    values = _values(premise.facts, state, moment.guide)
    if hypothesis.goes_on:
        values = {**before.values.values, **values}
    on = before.on if hypothesis.goes_on else before.base
    return Supposed(Profile(values), premise.on or on, before.base)


def _values(facts: Iterable[Fact], state: State, guide: Guide) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for fact in facts:
        values[fact.attribute] = _beside(fact, _without_title(fact, state, guide), state.profile, guide)
        if fact.attribute == "region" and _MOVES.search(fact.said) and "operating_regions" in state.profile.values:
            values["operating_regions"] = frozenset({str(fact.value)})
    return values


def _beside(fact: Fact, value: Value, profile: Profile, guide: Guide) -> Value:
    """The value of a fact; 也在经开区 is so beside what is known of a set."""
    known = profile.get(guide.knowledge.attributes[fact.attribute])
    is_added = isinstance(known, frozenset) and isinstance(value, frozenset) and _BESIDE.search(fact.said) is not None
    return known | value if is_added and isinstance(known, frozenset) and isinstance(value, frozenset) else value


def _without_title(fact: Fact, state: State, guide: Guide) -> Value:
    """The value of a fact; a title that is supposed not to be had leaves what is lower, or none.

    Of a sum that is told as a difference it is the whole.
    """
    question = guide.lexicon.questions.get(fact.attribute)
    attribute = guide.knowledge.attributes[fact.attribute]
    if question is None or not denies_title(fact, question):
        return changed_by(fact, state.profile)
    known, denied = state.profile.values.get(fact.attribute), attribute.values.index(str(fact.value))
    is_lower = isinstance(known, str) and attribute.values.index(known) < denied
    return known if is_lower and known is not None else attribute.values[0]


def _difference(supposed: Supposed, named: frozenset[str], state: State, moment: Moment) -> WhatIf:
    guide, profile = moment.guide, state.profile
    overlaid = Profile({**profile.values, **supposed.values.values})
    base, on = supposed.base or moment.on, supposed.on or moment.on
    passed = passed_attributes(state, guide)
    sides = _Sides(build_result(profile, guide, base, passed), build_result(overlaid, guide, on, passed))
    supposals = _supposals(supposed.values.values, profile, guide)
    shifts = shifts_between(sides.before, sides.after, named)
    is_moved = any(shift.effect is not Effect.SAME for shift in shifts)
    return WhatIf(
        supposals,
        on,
        base,
        shifts,
        totals_of(sides.before),
        totals_of(sides.after),
        sides.after.premises,
        () if is_moved or named else why_unmoved(supposals, sides.before, sides.after),
        is_named=bool(named),
        is_of_another_day=base != moment.on,
    )


def _supposals(values: Mapping[str, Value], profile: Profile, guide: Guide) -> tuple[Supposal, ...]:
    attributes = guide.knowledge.attributes
    return tuple(Supposal(attributes[name], value, profile.get(attributes[name])) for name, value in values.items())
