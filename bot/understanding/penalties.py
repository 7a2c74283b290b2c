"""When the enterprise was penalised last, or that it never was; a penalty counts only where it is called major."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.policy.attributes import NEVER, AttributeType, DateSpan, Value
from bot.understanding.dates import find_dates
from bot.understanding.harm import is_of_harm
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.not_knowing import is_unknown
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.topics import Topic, attributes_in

_PUBLISHED = re.compile(r"公示|处罚|罚的|认定|公布")
_MAJOR = re.compile(r"重大")
_RECOGNISED = re.compile(r"认定|核定|评定|批准|获批|批的|批下来|批复|认的|公示")
_AWARD = "municipal_award_"
_WITHIN_YEARS = re.compile(r"(?:近|最近|这|过去)([一二两三四五]|\d)年")
_EVER = re.compile(r"从来|从没|从未|一直")
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_ENOUGH = 3


def stated_days(topics: Sequence[Topic], lexicon: Lexicon, today: date, pending: str) -> Iterator[tuple[int, Fact]]:
    """Facts of days, penalties above all, with the number of the clause that states each."""
    for i, name, is_major in (*_dated(topics, lexicon), *_recognised(topics, lexicon)):
        topic = topics[i]
        if not topic.is_stated or is_unknown(topic.text, lexicon):
            continue
        question = lexicon.questions[name]
        value = _day(question, topic.text, lexicon, today, is_counted=is_major or pending == name)
        if value is not None and (value is not NEVER or _names(topic, lexicon)):
            yield i, Fact(name, value, topic.text)


def _dated(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, str, bool]]:
    """The clauses that speak of a day's attribute, by name or after one that names it; whether it is called major."""
    last: str | None = None
    is_major = False
    for i, topic in enumerate(topics):
        is_major = bool(_MAJOR.search(topic.text)) or (is_major and not topic.cues)
        names = _names(topic, lexicon)
        goes_on = not topic.cues and _PUBLISHED.search(topic.text)
        name = names[0] if names else last if goes_on else None
        last = names[0] if names else last
        if name is not None:
            yield i, name, is_major


def _recognised(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, str, bool]]:
    """The clauses that tell on which day an award was recognised that they, or the ones before, name."""
    name = ""
    for i, topic in enumerate(topics):
        if topic.cues:
            awards = (each for _, each in attributes_in(topic, lexicon, AttributeType.YUAN) if each.startswith(_AWARD))
            dates = (f"{each.rsplit('_', 1)[0]}_date" for each in awards)
            name = next((each for each in dates if each in lexicon.questions), "")
        if name and not _names(topic, lexicon) and _RECOGNISED.search(topic.text):
            yield i, name, False


def _names(topic: Topic, lexicon: Lexicon) -> list[str]:
    return [name for _, name in attributes_in(topic, lexicon, AttributeType.DATE)]


def _day(question: Question, text: str, lexicon: Lexicon, today: date, *, is_counted: bool) -> Value | None:
    is_denied = polarity_of(text, lexicon) is Polarity.NO or has_any(text, (*question.no_words, *lexicon.words.clean))
    if is_denied:
        return never_within(text, today) if is_of_harm(question) else None
    if is_of_harm(question) and not is_counted:
        return None
    dates = [mention for mention in find_dates(text, today) if mention.value is not None]
    return (dates[-1].exact or dates[-1].value) if dates else None


def never_within(text: str, today: date) -> Value:
    """Never; or, where less than the three years that count are spoken of, some day before them or never."""
    years = _WITHIN_YEARS.search(text)
    count = _ENOUGH if years is None else _COUNTS.get(years[1]) or int(years[1])
    if count >= _ENOUGH or _EVER.search(text):
        return NEVER
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return DateSpan(None, date(today.year - count, today.month, day))
