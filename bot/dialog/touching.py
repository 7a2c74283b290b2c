"""What a text speaks of without settling it: 有过一次处罚, 保费又交了10万, 登记的话有啊."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from bot.dialog.flows import Guide
from bot.dialog.moves import Moment
from bot.dialog.state import State
from bot.policy.money import Interval
from bot.understanding.amounts import find_amounts
from bot.understanding.firsts import FIRSTS
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.stance import names_doing
from bot.understanding.text import normalize, split_message

_DONE = re.compile(r"(?:有过?|(?:进|参加|试|碰)过|[办做弄搞登卖签]了)(?:的|啊|呢|呀)*$")
_DEED = re.compile(
    r"(?:登记?|入表?|卖|签|成交|开放|公开|放|拿|领|办|做)[^,没不未]{0,6}?[了过]|[入登]的(?:表|记|证)?|(?:首次|第一[次回单个笔]|头一[次回])"
    r"|有[^,没不未]{0,3}[一二两三四五六七八九十几\d]+[张本份个单笔]"
)
_NOT_TOLD = re.compile(r"没|不|未|打算|准备|计划|想|要是|如果|能|吗|多少|补贴|奖|政策|条件|[吧呢?？]|买")
_MERELY = re.compile(r"(?:不是|是|就是|就|那|其实|买的|交的|付的|都|普通|一般|的|这个|啊|呢|吧|哈|哦|而已)*")
_IS_NOT = re.compile(r"不是|不算|并非|不属于")


def touched_by(state: State, moment: Moment) -> str | None:
    """The one premise, known sum or first time that a text touches; of a first time it says that there was one."""
    guide, plain = moment.guide, normalize(moment.meaning.text)
    named, premises = guide.lexicon.named_in(plain), guide.flow.premises.keys()
    is_done = _DONE.search(plain) is not None
    firsts = _firsts_in(named, state, guide) if is_done else set()
    touched = named & (premises | _known_sums(state).keys() | firsts)
    if not touched and (first := _first_done(state, moment)) is not None:
        return first
    name = next(iter(touched), "")
    is_told = is_done or name in premises or any(map(str.isnumeric, moment.meaning.text))
    return name if len(touched) == 1 and is_told else None


def _first_done(state: State, moment: Moment) -> str | None:
    """The one of the firsts of which a text only tells that it was done: 数据登记证拿了三张了."""
    guide, plain = moment.guide, _told_of_deeds(moment)
    if moment.meaning.is_of_others or not plain:
        return None
    by_verb = {name for name in FIRSTS if "数据" in plain and names_doing(plain, name)}
    named = {name for name in guide.lexicon.named_in(plain) if guide.question(name).asks_first} & set(FIRSTS)
    told = named or by_verb
    name = next(iter(told), "")
    is_open = len(told) == 1 and name != state.asked_alone and state.profile.values.get(name) is not False
    return name if is_open else None


def _told_of_deeds(moment: Moment) -> str:
    """The clauses of a text that only tell what was done."""
    texts = [clause.text for clause in split_message(moment.meaning.text).clauses]
    return ",".join(text for text in texts if _DEED.search(text) and not _NOT_TOLD.search(text))


def _known_sums(state: State) -> dict[str, Decimal | Interval]:
    return {name: value for name, value in state.profile.values.items() if isinstance(value, Decimal | Interval)}


def _firsts_in(named: Collection[str], state: State, guide: Guide) -> set[str]:
    """The first times among what is named that are not known yet."""
    return {name for name in named if guide.question(name).asks_first and name not in state.profile.values}


def kind_denied(state: State, moment: Moment) -> str | None:
    """The known sum of which a text says that it is not of the kind that counts (那个利息不是数据质押的), or names
    another kind right after it was told (是车险)."""
    questions = moment.guide.lexicon.questions
    known = [questions[name] for name, value in _known_sums(state).items() if name in questions and value != 0]
    clauses = [clause.text for clause in split_message(moment.meaning.text).clauses] if known else []
    recent = () if any(find_amounts(text) for text in clauses) else state.recent
    return next((each.id for each in known if _is_denied(each, clauses, is_recent=each.id in recent)), None)


def _is_denied(question: Question, clauses: Sequence[str], *, is_recent: bool) -> bool:
    if any(_denies_kind(text, question) for text in clauses):
        return True
    return is_recent and any(_is_other_only(text, question) for text in clauses)


def _is_other_only(text: str, question: Question) -> bool:
    """Whether a clause says no more than that it is another kind: 雇主责任险, 就是普通的抵押贷."""
    named = next((word for word in question.other_kinds if word in text), "")
    return bool(named) and _MERELY.fullmatch(text.replace(named, "")) is not None


def _denies_kind(text: str, question: Question) -> bool:
    found = _IS_NOT.search(text)
    return found is not None and has_any(text, question.this_kind) and not has_any(text, question.other_kinds)
