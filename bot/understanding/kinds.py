"""Things that share a word for their sum: 保费 is that of the 科技保险 or the 软件保险, whichever was named last."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import Polarity, polarity_of
from bot.understanding.questions import Question
from bot.understanding.text import Clause, Message

_NOT_OF = re.compile(
    r"(?:不过|但是?|可是?|只是|而且|其实)?(?:那|这|都|也)*(?:不是|不算|不属于|并非|不叫)([\u4e00-\u9fff]{2,12})$"
)
_PART_OF = re.compile(r"^(?:其中|里面|里头|当中|包括|包含|含|有)|占")
_EXAMPLES = re.compile(r"[（(]如")
_SPENT = re.compile(r"(?:花费?|用|买|付|交|采购|是|大概|大约|约|差不多|又|也|还|共|一共|的|了|费用?)+$")
_TO_OTHER_ENDS = re.compile(r"其中|里面|包含|包括|[含做建卖售租收存]|自有|自己|加工|治理|开发|登记|入表|交易|开放|合同")
_LONGEST_PART = 10
_GOES_ON = re.compile(r"^(?:都|这|那)?(?:是|买的|交的|投的|保的)")


def said_before(clauses: Sequence[Clause], at: int, lexicon: Lexicon) -> str:
    """What the sentence says before a clause, without what it denies."""
    here = clauses[at].sentence
    earlier = (c for c in clauses[:at] if c.sentence == here and polarity_of(c.text, lexicon) is not Polarity.NO)
    return "".join(clause.text for clause in earlier)


def said_after(clauses: Sequence[Clause], at: int) -> str:
    """What the next clause says of the same thing: 保费5万，是软件保险."""
    following = clauses[at + 1 : at + 2]
    goes_on = following and following[0].sentence == clauses[at].sentence and _GOES_ON.match(following[0].text)
    return following[0].text if goes_on else ""


def is_of_other_kind(text: str, mention: Mention, before: str, question: Question, after: str = "") -> bool:
    """Whether the thing named last before a sum, else first behind it, is another one than the question's."""
    head, tail = before + text[: mention.end], text[mention.end :] + after
    if not _names_any(head, question):
        return _first(tail, question.other_kinds) < _first(tail, question.this_kind)
    return is_other_kind(head, question)


def is_other_kind(said: str, question: Question) -> bool:
    """Whether the thing of this kind that was named last is another one than the question's."""
    return _last(said, question.other_kinds) > _last(said, question.this_kind)


def gives_sum_of_other_kind(message: Message, question: Question) -> bool:
    """Whether a message with a sum speaks, at its end, of another thing than the question's."""
    return is_other_kind(message.bare, question) and any(find_amounts(clause.text) for clause in message.clauses)


def denies_kind(after: str, question: Question) -> bool:
    """Whether what is said behind a sum takes it out of the question's kind: 利息一百万，不过不是质押的."""
    denied = _NOT_OF.match(after)
    return denied is not None and any(word[:2] in denied[1] for word in question.this_kind)


def part_told(total: object, after: str, question: Question) -> Decimal | None:
    """The part of a sum of which the next words say what kind it is of: 保费30万，其中车险5万."""
    parts = [mention.value for mention in find_amounts(after) if mention.has_unit]
    if _PART_OF.search(after) is None or len(parts) != 1 or not _names_any(after, question):
        return None
    part = parts[0]
    return part if isinstance(total, Decimal) and isinstance(part, Decimal) and part < total else None


def is_more_of_kind(before: str, question: Question) -> bool:
    """Whether what stands before a sum names another of the things that a question counts together: 接口, of data.

    These are the questions that say so themselves by examples (如数据集、接口、模型).
    """
    named = _SPENT.sub("", before)
    if _EXAMPLES.search(question.prompt) is None or not 1 < len(named) <= _LONGEST_PART:
        return False
    is_named = any(named.endswith((word, f"{word}集", f"{word}包", f"{word}产品")) for word in question.this_kind)
    return is_named and _TO_OTHER_ENDS.search(named) is None


def is_of_this_kind(said: str, question: Question) -> bool:
    """Whether the thing that was named last is of the question's own kind."""
    return _last(said, question.this_kind) > _last(said, question.other_kinds)


def _names_any(said: str, question: Question) -> bool:
    return any(word in said for word in (*question.this_kind, *question.other_kinds))


def _last(said: str, words: Sequence[str]) -> int:
    return max((said.rfind(word) for word in words), default=-1)


def _first(said: str, words: Sequence[str]) -> int:
    return min((said.find(word) for word in words if word in said), default=len(said))
