"""Reading a message as a count, of years or times: 领了两年, 一年都没领过."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.numerals import parse_numeral
from bot.understanding.on_subject import on_subject, without_other_matters
from bot.understanding.other_matters import has_sum
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.text import Message

_RELATIVE_YEAR = re.compile(r"大前年|(?<!大)前年|去年|今年")
_EARLIEST_YEAR = 15
"""A number from here on that counts years is a year itself: 23年."""
_COUNT = re.compile(
    r"(?<![第头首])(\d+|[零一二两三四五六七八九十]+)(?:(?:年|次|回|期|轮)(?:度|头)?|个?(?=$|[,。;了的吧啊呢]|年头))"
)
"""Years and times, but not 三家, 两个数据集."""
_ONE = ("一", "1", "半")
_NOT_ONCE = re.compile(
    r"(?<![第头])([\d一半两二三四五六七八九十]+)(?:年|次|回|个|期|轮)(?:也|都|还|就|从来?)*(?:没|未|无)"
    r"|(?:没有?|未曾?)([\d一半]+)(?:年|次|回|个|期|轮)"
)


def denied_in(text: str) -> bool | None:
    """Whether a text denies the very first (一年都没领过), or others that may not be all; None for neither."""
    denied = _NOT_ONCE.search(text)
    return None if denied is None else (denied[1] or denied[2]) in _ONE


def read_count(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The count; 0 where there was none, or this is the first."""
    if (is_none := denied_in(message.plain)) is not None:
        return Answer(Outcome.VALUE, Decimal(0)) if is_none else ASK
    numbers = _numbers_in(message)
    counts = {number for number in numbers if number < _EARLIEST_YEAR}
    if counts:
        return Answer(Outcome.VALUE, counts.pop()) if len(counts) == 1 else ASK
    if _says_any(on_subject(message, question, lexicon), lexicon.words.first):
        return Answer(Outcome.VALUE, Decimal(0))
    return _of_years(without_other_matters(message, question, lexicon), numbers, lexicon)


def _of_years(about: Message, numbers: Sequence[Decimal], lexicon: Lexicon) -> Answer:
    """How many years are named (去年和前年), 0 where there was none."""
    said = {polarity_of(clause.text, lexicon) for clause in about.clauses}
    years = {*_RELATIVE_YEAR.findall(about.plain), *numbers}
    if years and not said & {Polarity.NO, Polarity.HEDGED}:
        return Answer(Outcome.VALUE, Decimal(len(years)))
    is_nothing = Polarity.NO in said or _says_none(about, lexicon)
    return Answer(Outcome.VALUE, Decimal(0)) if is_nothing else ASK


def _numbers_in(message: Message) -> list[Decimal]:
    written = (
        match[1] for clause in message.clauses if not has_sum(clause.text) for match in _COUNT.finditer(clause.text)
    )
    return [number for each in written if (number := parse_numeral(each)) is not None]


def _says_any(message: Message, words: tuple[str, ...]) -> bool:
    return any(has_any(clause.text, words) for clause in message.clauses)


def _says_none(message: Message, lexicon: Lexicon) -> bool:
    texts = [clause.text for clause in message.clauses]
    return any(text in lexicon.words.nothing_spent or has_any(text, lexicon.nothing_spent_within) for text in texts)
