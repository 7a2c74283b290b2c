"""Answers about what is bad news: a penalty, a listing, a crime."""

import re
from collections.abc import Sequence
from datetime import date

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.text import Clause

_OF_HARM = re.compile(
    r"处罚|罚款|失信|犯罪|违法|违规|黑名单|刑事|事故|诉讼|欠税|异常名录|不良记录|被罚|安全生产|纠纷|拖欠|逾期|造假|投诉"
)
_STILL_LISTED = re.compile(
    r"还在(?:那个|这个)?(?:名单|榜|里)|没(?:有|能)?移[出除]|还?挂着(?:呢|在)|没摘帽"
    r"|(?<![不没未])(?<!不再)(?<!没有)(?<!曾经)(?<!以前)(?<!之前)在[^,，不没未是]{0,12}(?:名单|榜)(?:之?[里上中内])"
)
_OF_YEARS = re.compile(r"[近过]去?[一二三四五\d]年|[一二三四五\d]年(?:之?内|以内|以来)")
_LATELY = re.compile(r"(?:近|最近|这|过去|近来)(?:[三3几]|这[三3几])年|[三3]年(?:之?内|以内|以来|来)")
_UNDECIDED = re.compile(r"立案|被查|调查中|在查|听证|等处理|还没定|没结案|未结案|没下结论|拟处罚|告知书")
_NEVER_UNDER = re.compile(r"(?:没|未|不)(?:有|被|曾)*(?:立案|被?查|听证)|(?:立案|被查)[^,]{0,6}(?:没有|都没|也没)")
_YEARS_AGO = re.compile(
    r"(?:[三四五六七八九十3-9]|1\d|十[\u4e00-\u9fff]|好多|很多|好几|多少)年(?:以|之)?前|早年|早些年"
)
_YEARS_SINCE = re.compile(r"(?:[四五六七八九十4-9]|1\d|十[\u4e00-\u9fff]|好多|很多)年(?:以|之)?前|早年")
_IN_YEAR = re.compile(r"(?<!\d)((?:20)?[012]\d)年(?![前来内])")
_DENIED = re.compile(r"(?:没有?|不[太怎么够很]*|未|未能)$")
_TAKEN_OFF = re.compile(
    r"(?<!没)(?<!没有)(?<!未)(?<!未能)(?<!没能)(?:移[出除]|摘除|撤下|除名)(?:来|去|名单|掉|失信)*了|(?:已经?|早就?|都|后来|又)被?(?:移[出除]|摘除|除名)"
)
_ASKED_OFF = re.compile(r"申请|正在|等着?|还没|没有?[移能被]|未|争取|打算|准备|想|能不能|快")
_ENOUGH = 3
NOT_US = re.compile(r"(?:那|这|但)?(?:不是|并非)(?:我们|我司|本公司|咱们?|俺们)(?:公司|单位)?(?:的|被罚的)?")


def is_of_harm(question: Question) -> bool:
    """Whether yes to the question is bad news: a penalty, a listing, a crime."""
    return _OF_HARM.search(question.prompt) is not None


def is_of_late_years(question: Question) -> bool:
    """Whether the question is of harm in the last years, so that 今年没有 does not answer it."""
    return is_of_harm(question) and _OF_YEARS.search(question.prompt) is not None


def is_long_ago(text: str, today: date) -> bool:
    """Whether a clause tells of a year that may be before the last three: 四年前, 19年."""
    if _YEARS_AGO.search(text):
        return True
    years = (int(year) % 100 for year in _IN_YEAR.findall(text))
    return any(today.year % 100 - year >= _ENOUGH for year in years)


def is_over_since(clauses: Sequence[Clause]) -> bool:
    """Whether what happened did so surely before the last three years: 五年前有过一回，后来再没有."""
    return any(_YEARS_SINCE.search(clause.text) for clause in clauses[:-1])


def of_late_years(clauses: Sequence[Clause], question: Question) -> Sequence[Clause]:
    """What is said of the years that the question is about (四年前有一次，近三年没); all where nothing is."""
    if not is_of_late_years(question):
        return clauses
    return [clause for clause in clauses if _LATELY.search(clause.text)] or clauses


def says_clean(text: str, lexicon: Lexicon) -> bool:
    """Whether a text has a word for a clean record that it does not deny: 不守法 has none."""
    return any(word in text and not _DENIED.search(text[: text.find(word)]) for word in lexicon.words.clean)


def speaks_of_record(text: str, lexicon: Lexicon) -> bool:
    """Whether a text tells of the record by itself, whatever is asked: 守法, 还挂着呢, 已经移出来了."""
    return says_clean(text, lexicon) or _STILL_LISTED.search(text) is not None or _TAKEN_OFF.search(text) is not None


def is_taken_off(text: str, question: Question) -> bool:
    """Whether a clause says that one is on the list asked about no more."""
    return "名单" in question.prompt and _TAKEN_OFF.search(text) is not None and _ASKED_OFF.search(text) is None


def harm_of(text: str, lexicon: Lexicon) -> Polarity:
    """有失信 is YES, 干净 NO; what was taken back since, or was done by a person, is left open."""
    if has_any(text, lexicon.words.clean):
        return Polarity.NO if says_clean(text, lexicon) else Polarity.HEDGED
    if _STILL_LISTED.search(text):
        return Polarity.YES
    if _UNDECIDED.search(text) and not _NEVER_UNDER.search(text):
        return Polarity.HEDGED
    polarity = polarity_of(text, lexicon)
    is_open = has_any(text, lexicon.words.lifted) or has_any(text, lexicon.words.persons)
    return Polarity.HEDGED if polarity is Polarity.YES and is_open else polarity
