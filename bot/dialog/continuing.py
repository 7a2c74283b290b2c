"""A question that goes on from the answer just given: elsewhere (那朝阳呢), or beside it (有名额限制吗)."""

import re
from dataclasses import replace

from bot.dialog.acts import Act
from bot.dialog.answer_acts import AnswerFromClauses
from bot.dialog.answering import Finds, told
from bot.dialog.asked import Asked, steering_words
from bot.dialog.flows import Guide
from bot.dialog.moves import Moment
from bot.dialog.state import State
from bot.search.characters import normalised
from bot.search.shapes import is_refused, shapes_of, without_shapes
from bot.search.words import Shape, any_of_words

LONGEST = 14
IN_DETAIL = re.compile(r"(?:再|请|那|能)*(?:给我)?(?:详细|具体|仔细|展开|细)(?:地)?(?:说|讲|介绍|解释)[^,。]{0,4}")
"""A text that asks for more of what was just told."""
DETAILS = (Shape.WHO, Shape.HOW, Shape.TIME)
_NUMBER = re.compile(r"^第[^项]{1,3}项")
_ELSEWHERE = re.compile(r"呢[?。]*$|怎么样|有吗|有没有|行吗|可以吗|一样吗")
_BESIDE = re.compile(
    r"名额|限额|到账|打款|拨付|发放|下来|公示|审批|审核|排队|预算|先到先得|几次|每年|一次性|盖章|线上|网上|受理|窗口|入口|平台上"
    r"|报名|系统|发票|门槛|限制"
)


def go_on(state: State, moment: Moment) -> tuple[Act, ...]:
    """The answer just given, as far as it answers a question that goes on from it; none for any other text."""
    plain, guide = normalised(moment.meaning.text), moment.guide
    if state.subject and IN_DETAIL.fullmatch(plain):
        return _same(state, moment, DETAILS)
    if not state.subject or not moment.meaning.asks or len(plain) > LONGEST or is_refused(plain, guide.search_words):
        return ()
    if any_of_words(guide.names).search(_BESIDE.sub(" ", plain)):
        return ()
    if (district := _district(plain, guide)) is not None:
        return _same(state, moment, shapes_of(state.subject, guide.search_words), missed_place=district)
    is_beside = _BESIDE.search(plain) is not None
    return _same(state, moment, shapes_of(plain, guide.search_words), is_sure=False) if is_beside else ()


def _district(plain: str, guide: Guide) -> str | None:
    """The district without documents of its own that a text asks about."""
    region = guide.knowledge.attributes.get("region")
    if region is None or not _ELSEWHERE.search(plain) or steering_words(guide.search_words).search(plain):
        return None
    return next((place for place in region.values if place.removesuffix("区") in plain), None)


def _same(
    state: State, moment: Moment, shapes: tuple[Shape, ...], *, missed_place: str = "", is_sure: bool = True
) -> tuple[Act, ...]:
    """The clauses of the answer before, said to be another place's, or to be merely the nearest."""
    guide, subject = moment.guide, _NUMBER.sub("", state.subject)
    bare = without_shapes(subject, guide.search_words).strip()
    if missed_place:
        bare = steering_words(guide.search_words).sub("", bare)
    found = told((Finds(Asked(bare, shapes), None, guide.index.search(bare)),), state, moment)
    return tuple(
        replace(act, is_sure=act.is_sure and is_sure, missed_place=missed_place, subject=subject)
        for act in found
        if isinstance(act, AnswerFromClauses)
    )
