"""What a text speaks of without settling it: 有过一次处罚, 保费又交了10万, 登记的话有啊."""

import re
from decimal import Decimal

from bot.dialog.moves import Moment
from bot.dialog.state import State
from bot.policy.money import Interval
from bot.understanding.text import normalize

_DONE = re.compile(r"(?:有过?|(?:进|参加|试|碰)过|[办做弄搞登卖签]了)(?:的|啊|呢|呀)*$")


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
