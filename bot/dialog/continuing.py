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
_BESIDE = re.compile(r"名额|限额|排队|预算|先到先得|几次|每年|一次性|门槛|限制")
_WHEN = re.compile(
    r"几[号月](?:之?前|开始|能|可以|截止)|截止|来得及|赶得上|晚了|错过|最晚|期限|^(?:现在|今年|眼下|这会儿?)?还能[报申]|受理时间|申报时间"
    r"|(?:开始|启动|能|可以)(?:申报|受理|申请|报)了|(?:申报|受理|申请|报名)[^,。]{0,2}(?:开始|启动|结束)|通知[^,。]{0,3}[出发下]"
)
_HOW = re.compile(
    r"(?:哪个|什么|啥|哪)(?:网站|系统|平台[上]?[报申填交]|窗口|小程序)|网址|网上[能可办报申]|线上|入口|自动[给发到]|免申|主动[报申]|自己[报申]"
    r"|发票|专票|普票|复印件|原件|扫描件|盖章|公章|(?:申请|申报|样)?表格?(?:在哪|有吗|呢)|有没有表|模板|凭证|流水|承诺书|什么证明|啥证明"
)
_OF_ANY = re.compile("|".join(each.pattern for each in (_BESIDE, _WHEN, _HOW)))
"""What is asked of any policy, and names none."""


def go_on(state: State, moment: Moment) -> tuple[Act, ...]:
    """The answer just given, as far as it answers a question that goes on from it; none for any other text."""
    plain, guide = normalised(moment.meaning.text), moment.guide
    if state.subject and IN_DETAIL.fullmatch(plain):
        return _same(state, moment, DETAILS)
    if not state.subject or not _may_go_on(plain, moment):
        return ()
    if (district := _district(plain, guide)) is not None:
        return _same(state, moment, shapes_of(state.subject, guide.search_words), missed_place=district)
    if _BESIDE.search(plain):
        return _same(state, moment, shapes_of(plain, guide.search_words), is_sure=False)
    return _same(state, moment, shapes) if (shapes := _of_applying(plain)) else ()


def _may_go_on(plain: str, moment: Moment) -> bool:
    """Whether a text is a short question that names nothing of its own."""
    if not moment.meaning.asks or len(plain) > LONGEST or is_refused(plain, moment.guide.search_words):
        return False
    return any_of_words(moment.guide.names).search(_OF_ANY.sub(" ", plain)) is None


def _of_applying(plain: str) -> tuple[Shape, ...]:
    """What a text asks of applying, of which policies say where to turn: by when (几号之前报), and how (要发票吗)."""
    if _WHEN.search(plain):
        return (Shape.TIME, Shape.HOW)
    return (Shape.HOW,) if _HOW.search(plain) else ()


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
