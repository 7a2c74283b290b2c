"""What a text speaks of without settling it: 有过一次处罚, 保费又交了10万, 登记的话有啊."""

import re
from decimal import Decimal

from bot.dialog.moves import Moment
from bot.dialog.state import State
from bot.policy.money import Interval
from bot.understanding.amounts import find_amounts
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.text import normalize, split_message

_DONE = re.compile(r"(?:有过?|(?:进|参加|试|碰)过|[办做弄搞登卖签]了)(?:的|啊|呢|呀)*$")
_MERELY = re.compile(r"(?:不是|是|就是|就|那|其实|买的|交的|付的|都|普通|一般|的|这个|啊|呢|吧|哈|哦|而已)*")
_IS_NOT = re.compile(r"不是|不算|并非|不属于")


def touched_by(state: State, moment: Moment) -> str | None:
    """The one premise, known sum or first time that a text touches; of a first time it says that there was one."""
    guide, plain = moment.guide, normalize(moment.meaning.text)
    named, known = guide.lexicon.named_in(plain), state.profile.values
    is_done = _DONE.search(plain) is not None
    sums = {name for name, value in known.items() if isinstance(value, Decimal | Interval)}
    firsts = {name for name in named if is_done and guide.question(name).asks_first and name not in known}
    touched = [name for name in named if name in guide.flow.premises or name in sums or name in firsts]
    is_told = is_done or any(map(str.isnumeric, moment.meaning.text))
    return touched[0] if len(touched) == 1 and (is_told or touched[0] in guide.flow.premises) else None


def kind_denied(state: State, moment: Moment) -> str | None:
    """The known sum of which a text says that it is not of the kind that counts (那个利息不是数据质押的), or names
    another kind right after it was told (是车险)."""
    clauses = [clause.text for clause in split_message(moment.meaning.text).clauses]
    is_sum_told = any(find_amounts(text) for text in clauses)
    for name, value in state.profile.values.items():
        question = moment.guide.lexicon.questions.get(name)
        if question is None or not isinstance(value, Decimal | Interval) or value == 0:
            continue
        is_recent = name in state.recent and not is_sum_told
        if any(_denies_kind(text, question) or (is_recent and _is_other_only(text, question)) for text in clauses):
            return name
    return None


def _is_other_only(text: str, question: Question) -> bool:
    """Whether a clause says no more than that it is another kind: 雇主责任险, 就是普通的抵押贷."""
    named = next((word for word in question.other_kinds if word in text), "")
    return bool(named) and _MERELY.fullmatch(text.replace(named, "")) is not None


def _denies_kind(text: str, question: Question) -> bool:
    found = _IS_NOT.search(text)
    return found is not None and has_any(text, question.this_kind) and not has_any(text, question.other_kinds)
