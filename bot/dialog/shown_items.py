"""What is asked of a policy in the result that was shown: by its number, by what it is about, or as the only one."""

import re
from collections.abc import Iterable

from bot.dialog.answer_acts import AnswerFromClauses
from bot.dialog.answering import lacks_subject, look_up
from bot.dialog.asked import names_subject, steering_words
from bot.dialog.commands import prove
from bot.dialog.continuing import IN_DETAIL
from bot.dialog.deciding import passed_attributes
from bot.dialog.flows import Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.result_acts import ItemGroup, ShowProof
from bot.dialog.results import build_result
from bot.dialog.state import State
from bot.search.characters import normalised
from bot.search.shapes import shapes_of
from bot.search.words import Shape
from bot.understanding.numerals import parse_numeral
from bot.understanding.questions import PLACES

LONGEST = 12
_NUMBERED = re.compile(r"(?:那么?|请问|问一?下|还有)*第([0-9]{1,2}|[一二两三四五六七八九十]{1,3})[项个条笔](?!区)")
_POINTED_AT = re.compile(r"([^,。?!、\s]{2,8}?)(?:的)?[那这]一?[笔项个条块]")
_ANY_NUMBER = re.compile(r"第[0-9一二两三四五六七八九十]{1,3}[项个条笔]")
_CLAIMED = (ItemGroup.CLAIM_NOW, ItemGroup.PREMISED)
_OF_ITEM = frozenset({Shape.TIME, Shape.HOW, Shape.CONTACT, Shape.WHO, Shape.AMOUNT, Shape.LOOKUP})


def answer_about_item(state: State, moment: Moment) -> Move | None:
    """Tell of the policy in the result that the text means; None when it means none."""
    if not state.shown or moment.meaning.tells_of - PLACES:
        return None
    number = _number_meant(state, moment)
    return None if number is None else _tell(number, state, moment)


def item_of(acts: Iterable[object]) -> str:
    """The policy whose proof was the last thing shown, as a subject to be asked on about; empty when none was."""
    return next((_subject(a.number, a.verdict.clause.title) for a in acts if isinstance(a, ShowProof)), "")


def _subject(number: int, title: str, asked: str = "") -> str:
    return f"第{number}项{title}{asked}"


def _number_meant(state: State, moment: Moment) -> int | None:
    plain = normalised(moment.meaning.text)
    if len(_ANY_NUMBER.findall(plain)) > 1:
        return None
    if (number := _numbered(plain)) is not None:
        return number if 0 < number <= len(state.shown) else None
    if moment.meaning.asks and (pointed := _POINTED_AT.match(plain)) is not None:
        return _about(pointed[1], state, moment.guide)
    if not _is_without_subject(plain, moment):
        return None
    return _numbered(state.subject) if state.subject else _only_one(state, moment)


def _numbered(text: str) -> int | None:
    found = _NUMBERED.match(text)
    return None if found is None else int(parse_numeral(found[1]) or 0)


def _about(name: str, state: State, guide: Guide) -> int | None:
    """The first policy shown whose title or tags have the name in them."""
    for number, clause_id in enumerate(state.shown, 1):
        clause = guide.knowledge.by_id.get(clause_id)
        if clause is not None and any(name in normalised(label) for label in (clause.title, *clause.tags)):
            return number
    return None


def _is_without_subject(plain: str, moment: Moment) -> bool:
    """Whether the text asks for details, or something of a policy that it does not name."""
    if IN_DETAIL.fullmatch(plain):
        return True
    answer = moment.meaning.answer
    if len(plain) > LONGEST or (answer is not None and answer.is_counter_question):
        return False
    shapes = set(shapes_of(plain, moment.guide.search_words))
    return bool(shapes) and shapes <= _OF_ITEM and _is_bare(moment)


def _is_bare(moment: Moment) -> bool:
    """Whether the text names no subject, no place and no rule of the documents beside how long they are in force."""
    finds, guide = look_up(moment), moment.guide
    asked = finds[0].asked
    is_timed = Shape.TIME in asked.shapes and steering_words(guide.search_words).search(asked.text) is None
    is_bare = len(finds) == 1 and not asked.has_subject and not names_subject(asked.text, guide)
    return lacks_subject(finds, guide) or (is_timed and is_bare)


def _only_one(state: State, moment: Moment) -> int | None:
    """The number of the one policy that can be claimed, or that was shown at all."""
    on = state.shown_on or moment.on
    result = build_result(state.profile, moment.guide, on, passed=passed_attributes(state, moment.guide))
    claimed = [item.verdict.clause.id for item in result.items if item.group in _CLAIMED]
    only = claimed if len(claimed) == 1 else list(state.shown)
    return state.shown.index(only[0]) + 1 if len(only) == 1 and only[0] in state.shown else None


def _tell(number: int, state: State, moment: Moment) -> Move:
    """What is asked of the policy; every condition of it where nothing else is asked."""
    guide, words = moment.guide, moment.guide.search_words
    asked = shapes_of(moment.meaning.text, words) or shapes_of(state.subject, words)
    shapes = tuple(shape for shape in asked if shape in _OF_ITEM)
    clause = guide.knowledge.by_id.get(state.shown[number - 1])
    if clause is None or not shapes or IN_DETAIL.fullmatch(normalised(moment.meaning.text)):
        return prove(state, moment, number)
    on = state.shown_on or moment.on
    subject = _subject(number, clause.title, _NUMBERED.sub("", moment.meaning.text))
    told = AnswerFromClauses((guide.judge(clause, state.profile, on),), (), True, on, shapes=shapes, subject=subject)
    return Move(state, (told,), Then.REPEAT)
