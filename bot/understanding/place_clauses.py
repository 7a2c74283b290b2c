"""Which clauses of a message may tell where the company is registered."""

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import has_any, is_question
from bot.understanding.text import Clause, Message

_CONFUSED = re.compile(r"[弄搞记]混|分不清|弄不清|搞不清|[容轻]易混|混淆|傻傻分")
_GRANTED = re.compile(r"^(?:我们|公司)?(?:虽说|虽然|虽|尽管|别看|固然|即便)")
_OF_LICENCE = re.compile(r"注册|执照|工商|登记|照")
"""虽说快递地址写的是大兴 grants what does not count; 虽然注册在大兴 tells it."""


def opens_question(at: int, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a clause is a bare place before a question about policy: 副中心，贷款能贴息吗."""
    clause = clauses[at]
    if lexicon.place_index.get(clause.text.removesuffix("的")) is None:
        return False
    rest = [c for c in clauses[at + 1 :] if c.sentence == clause.sentence]
    return any(is_question(c, lexicon) and has_any(c.text, (*lexicon.words.policy, "贴息", "给")) for c in rest)


def told_clauses(message: Message, lexicon: Lexicon) -> list[str]:
    """The clauses, without those that only open a question or say that two places are mixed up."""
    told = [c for i, c in enumerate(message.clauses) if not opens_question(i, message.clauses, lexicon)]
    sure = [clause.text for clause in told if not _CONFUSED.search(clause.text)]
    firm = [text for text in sure if not _is_granted(text)]
    return firm if any(lexicon.place_index.find(text) for text in firm) else sure


def _is_granted(text: str) -> bool:
    return _GRANTED.match(text) is not None and _OF_LICENCE.search(text) is None
