"""What a question tells of the user's own company: 通州的，小巨人，能领多少 tells two things, 通州的券能领多少 none."""

import re
from collections.abc import Iterator

from bot.understanding.addresses import is_address
from bot.understanding.aims import introduces, is_asking, names_us, says_registered, tells_of_us
from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import strip_fillers
from bot.understanding.questions import AnswerType, Question
from bot.understanding.relevance import is_bare
from bot.understanding.text import Clause, split_message

_BEFORE_PLACE = re.compile(
    r"(?:公司|企业|单位|厂|家|这边|就|也|都|现在|目前|已经?|注册|登记|执照|照|住所|落户|搬|迁|到|在|是|于|了|的|我们?|咱们?|俺们?|哋|地)$"
)
_OURS = ("我", "咱", "俺", "公司", "单位")
_ASKS_ON = re.compile(
    r"(?:还|也|又|都|总共|一共|大概|到底)*"
    r"(?:能|可以|会|该|应该|要不要|有没有|有什么|有啥|是不是|是否|够|算不?算|怎么|怎样|咋|多少|哪|什么|啥|几|谁|给|奖|补|吗|么|[^,]不$)"
)


def told_beside(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The clauses of a question that tell of the user's own company."""
    return tuple(_told(text, lexicon))


def _told(text: str, lexicon: Lexicon) -> Iterator[str]:
    is_own, was_asked = False, False
    for clause in split_message(text).clauses:
        if is_asking(clause, lexicon, is_own=is_own):
            was_asked = True
            if names_us(clause.text):
                yield _before_asking(clause.text)
            continue
        is_begun = tells_of_us(clause.text, lexicon) and (
            is_own or not was_asked or not introduces(clause.text, lexicon)
        )
        is_own = is_own or is_begun
        if is_own:
            yield clause.text


def answer_beside(text: str, question: Question, lexicon: Lexicon) -> str:
    """The first clause of a question where it is a bare answer to what is open (没登过，能领多少); empty otherwise."""
    clause = next(iter(split_message(text).clauses), None)
    is_answer = clause is not None and not is_asking(clause, lexicon) and _answers(clause, question, lexicon)
    return clause.text if clause is not None and is_answer else ""


def tells_place(text: str, lexicon: Lexicon) -> bool:
    """Whether a place in a clause is the company's own (我们在通州, 通州的), not that of a policy (通州奖多少)."""
    if is_address(text, lexicon) or says_registered(text):
        return True
    places = lexicon.place_index.find(text)
    before = text[: places[0].start] if places else ""
    is_ours = names_us(before) and _BEFORE_PLACE.search(before) is not None
    return is_ours or (bool(places) and introduces(text, lexicon))


def _answers(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause is a bare answer to the open question."""
    if question.type in (AnswerType.AMOUNT, AnswerType.COUNT, AnswerType.DATE):
        return any(sign.isnumeric() for sign in clause.text)
    if question.type is AnswerType.YES_NO:
        return is_bare(clause.text, lexicon)
    words = {word for choice in question.choices for word in (choice.label, *choice.words)}
    return strip_fillers(clause.text, lexicon) in words


def _before_asking(text: str) -> str:
    """What an asking clause says of us before it asks: 我们小巨人 of 我们小巨人能领多少."""
    ours = max(text.find(word) for word in _OURS)
    found = _ASKS_ON.search(text, max(ours, 0) + 1)
    return text[: found.start()] if found is not None else text
