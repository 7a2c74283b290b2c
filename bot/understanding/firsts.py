"""The four firsts of data assets, several in one sentence: 登记和入表是首次，交易和开放不是."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.understanding.first_answers import first_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.not_knowing import is_unknown
from bot.understanding.polarity import Polarity, has_any, strip_fillers, without_year_ends
from bot.understanding.relevance import is_bare
from bot.understanding.text import Clause
from bot.understanding.topics import Topic
from bot.understanding.word_index import Hit

FIRSTS = ("first_registration", "first_listing", "first_trade", "first_open")
_JOINED = re.compile(r"[、和与及跟还有/以\s]*(?:数据|资产)?")
_REST = re.compile(r"(?:其他|其它|其余|别的|另外|剩下|剩余)(?:的|几|三|两|个|项|样|仨|俩|都|全)*")
_ALL = re.compile(r"(?:这|那)?[四4](?:个|项|样|种|首|类)?(?:都|全|均)?|(?:全都|统统|[都全均])")
_ALL_FIRST = re.compile(r"(?:我们|这些|以上|几样|几个)*[全均都]+(?:是|算|属于)?(?:首次|第一次|头一次|头一回)的?")
_OF_ALL_DONE = re.compile(r"没有?[\u4e00-\u9fff]{0,2}过")
_IS_NOT = re.compile(r"(?:都|也|就|均|全|倒|则)*(?:不是|不算|并不是|非首次)")
_IS = re.compile(r"(?:都|也|就|均|全|倒|则)*(?:是|算|对|是的)")
_HAVE_NOT = re.compile(r"(?:都|也|就|均|全|倒|则|还|更|那)*(?:没有?|还没有?|没有过|没|暂?无)")
_BARE = re.compile(
    r"(?:我们|公司|咱们?|倒是|也|就|只|都|以前|之前|早先|去年|前年|今年|曾经?)*(?P<denied>(?:还|也|都|从|从来)?没有?|未)?"
    r"(?:(?P<first_registration>登记?过?)|(?P<first_listing>入过?)|(?P<first_trade>(?:卖|成交|交易)过?)"
    r"|(?P<first_open>(?:开放?|公开)过?))"
    r"(?:[一二两三四五六七八九十几好多\d]{1,3}(?:次|回|单|份|笔|批|个|家))?(?:数据|产品|资产|表|账)*[的了呢啊吧]?"
)
"""卖过一次, 没开放过: what was done or not, with nothing else in the sentence."""
_LAST_YEARS_FIRST = re.compile(
    r"^(?!.*(?:不是|不算|并非|没|未|以前|之前|过了))(?:.*?)(?:去年|前年|上年)[\u4e00-\u9fff\d]{0,12}?(?:首次|第一次|头一次|头一回|首回|初次)"
)
_COUNTED = re.compile(r"(?:这|这回|这次|都|已经|已)?(?:是|算)?第[二三四五六七八九2-9][次回单批个]了?")
_SINCE = re.compile(r"今年|第[二三四五2-9][次回单笔批个]|后来|之后|每年|接着")
_HAVE = re.compile(r"(?:都|也|就|均|全|倒|则)*(?:有|有过|过|做了|做过|办过)")

_ELLIPSES = (
    (_IS_NOT, Polarity.NO, False),
    (_IS, Polarity.YES, False),
    (_HAVE_NOT, Polarity.YES, True),
    (_HAVE, Polarity.NO, True),
)
"""What the words say that leave the verb to what stands before them: of first times, or of what was done (True)."""
Group = list[Hit[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one part of a sentence says: of which firsts, YES for a first time.

    `of_doing`: it tells what was done (登过), not whether it is the first time. `is_whole`: the sentence speaks of
    nothing else, so that it is read elsewhere and only remembered here.
    """

    names: tuple[str, ...]
    polarity: Polarity
    of_doing: bool
    is_whole: bool = False

    @property
    def is_news(self) -> bool:
        """Whether it tells something that is not read elsewhere."""
        return self.polarity in (Polarity.YES, Polarity.NO) and not self.is_whole


def stated_firsts(topics: Sequence[Topic], lexicon: Lexicon, pending: str) -> Iterator[tuple[int, Fact]]:
    """The firsts that a message tells, where one sentence tells several or leaves the verb to the one before."""
    told: list[Told] = []
    is_open, last = pending in FIRSTS, -2
    for i, topic in enumerate(topics):
        is_open = is_open and (not topic.cues or _is_of_first(topic))
        if not topic.is_stated or is_unknown(topic.text, lexicon):
            continue
        just_named = told[-1].names if last == i - 1 else ()
        found = _told_in(topic, told, lexicon, is_open=is_open) or _of_last(topic, just_named, lexicon)
        told += found
        last = i if found else last
        yield from ((i, fact) for fact in _facts_of(found, topic))


def _facts_of(found: Sequence[Told], topic: Topic) -> Iterator[Fact]:
    for said in found:
        if said.is_news:
            yield from (Fact(name, said.polarity is Polarity.YES, topic.text) for name in said.names)


def _is_of_first(topic: Topic) -> bool:
    return not topic.names.isdisjoint(FIRSTS) or _bare(topic.text) is not None


def _bare(text: str) -> re.Match[str] | None:
    """What was done, or not, where a sentence says nothing else: 卖过; 没卖, but not 卖."""
    found = _BARE.fullmatch(text)
    return found if found is not None and ("过" in text or found["denied"]) else None


def firsts_spoken_of(topics: Sequence[Topic], told: Collection[str], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The firsts of an earlier year of which a message goes on to tell the figures: 去年首次入表，金额189万.

    Without the figures the year leaves open whether it was done again since.
    """
    texts = [without_year_ends(topic.text) for topic in topics]
    if any(has_any(text, lexicon.words.again) or _SINCE.search(text) for text in texts):
        return
    for i, topic in enumerate(topics):
        name = _of_earlier_year(topic, lexicon)
        if name is not None and name not in told and _has_figures(name, told):
            yield i, Fact(name, True, topic.text)


def _of_earlier_year(topic: Topic, lexicon: Lexicon) -> str | None:
    """The one first that a clause tells of an earlier year."""
    names = topic.names.intersection(FIRSTS)
    if len(names) != 1 or not topic.is_stated or not _LAST_YEARS_FIRST.search(topic.text):
        return None
    return None if is_unknown(topic.text, lexicon) else next(iter(names))


def _has_figures(name: str, told: Collection[str]) -> bool:
    """Whether a figure of it is told: the sum of what was listed, of the first listing."""
    return any(each.startswith(f"{name.removeprefix('first_')}_") for each in told)


def _of_last(topic: Topic, names: Sequence[str], lexicon: Lexicon) -> list[Told]:
    """What a clause that says no more than 头一次 or 第二次了 tells of the one first that is named right before it."""
    if len(names) == 1 and _COUNTED.fullmatch(topic.text):
        return [Told(tuple(names), Polarity.NO, of_doing=False)]
    said = _general(topic.text, lexicon) if len(names) == 1 and not topic.cues else None
    return [] if said is None or said.of_doing else [replace(said, names=tuple(names))]


def _told_in(topic: Topic, before: Sequence[Told], lexicon: Lexicon, *, is_open: bool) -> list[Told]:
    return list(_told(topic, before, lexicon, is_open=is_open))


def _told(topic: Topic, before: Sequence[Told], lexicon: Lexicon, *, is_open: bool) -> Iterator[Told]:
    if groups := _groups(topic):
        yield from _of_groups(groups, topic.text, before, lexicon)
    elif (before or is_open) and (bare := _bare(topic.text)) is not None:
        names = tuple(name for name in FIRSTS if bare[name])
        yield Told(names, Polarity.YES if bare["denied"] else Polarity.NO, of_doing=True)
    elif before and (rest := _REST.match(topic.text)):
        yield from _of_rest(topic.text[rest.end() :], topic.text, before, lexicon)
    else:
        yield from _of_all(topic.text, lexicon, is_open=is_open)


def _of_groups(groups: Sequence[Group], text: str, before: Sequence[Told], lexicon: Lexicon) -> Iterator[Told]:
    """What is said of each group of firsts that stand side by side."""
    ends = [group[0].start for group in groups[1:]] + [len(text)]
    for group, end in zip(groups, ends, strict=True):
        names = tuple(dict.fromkeys(name for hit in group for name in hit.meaning if name in FIRSTS))
        start = 0 if group is groups[0] else group[0].start
        said = _elliptical(text[group[-1].end : end], group[-1].word, before, lexicon)
        if said is None:
            said = _spelled_out(text[start:end], names[0], lexicon, is_whole=len(groups) == 1)
        yield replace(said, names=names)


def _spelled_out(part: str, name: str, lexicon: Lexicon, *, is_whole: bool) -> Told:
    polarity = first_of(Clause(part), lexicon.questions[name], lexicon)
    return Told((), polarity, not _speaks_of_first(part, lexicon), is_whole)


def _groups(topic: Topic) -> list[Group]:
    """The cues of firsts, those that are listed side by side together."""
    hits = [hit for hit in topic.cues if any(name in FIRSTS for name in hit.meaning)]
    groups = [hits[:1]] if hits else []
    for first, second in pairwise(hits):
        if _JOINED.fullmatch(topic.text[first.end : second.start]):
            groups[-1].append(second)
        else:
            groups.append([second])
    return groups


def _elliptical(after: str, cue: str, before: Sequence[Told], lexicon: Lexicon) -> Told | None:
    """不是 after 首入表, 是 after it, or 没有 after 入表: what the words left out say."""
    rest = strip_fillers(after.strip("、"), lexicon)
    goes_on = {before[-1].of_doing} if before else set()
    if cue and not cue.startswith("首") and _HAVE_NOT.fullmatch(rest):
        return Told((), Polarity.YES, of_doing=True)
    if cue.startswith("首"):
        goes_on.add(False)
    for words, polarity, of_doing in _ELLIPSES:
        if of_doing in goes_on and words.fullmatch(rest):
            return Told((), polarity, of_doing)
    return None


def _of_rest(rest: str, text: str, before: Sequence[Told], lexicon: Lexicon) -> Iterator[Told]:
    """其他没有: of those not named yet."""
    named = {name for told in before for name in told.names}
    said = _elliptical(rest, "", before, lexicon) or _general(text, lexicon)
    if said is not None:
        yield replace(said, names=tuple(name for name in FIRSTS if name not in named))


def _of_all(text: str, lexicon: Lexicon, *, is_open: bool) -> Iterator[Told]:
    """四个都是第一次, 都没做过: of all four."""
    every = _ALL.search(text)
    is_of_four = every is not None and ("四" in every[0] or "4" in every[0])
    if every is None or not (is_open or is_of_four or _ALL_FIRST.fullmatch(text)):
        return
    said = _general(f"{text[: every.start()]}都{text[every.end() :]}", lexicon)
    if said is not None:
        yield replace(said, names=FIRSTS)


def _general(text: str, lexicon: Lexicon) -> Told | None:
    """What a sentence without a subject says: of first times by name, or of nothing ever done."""
    is_first = _speaks_of_first(text, lexicon)
    if not is_first and not _OF_ALL_DONE.search(text):
        return None
    if is_first and is_bare(text, lexicon):
        return Told((), first_of(Clause(text), lexicon.questions[FIRSTS[0]], lexicon), of_doing=False)
    return Told((), Polarity.YES, of_doing=True) if is_bare(text, lexicon) else None


def _speaks_of_first(text: str, lexicon: Lexicon) -> bool:
    return has_any(text, lexicon.words.first)
