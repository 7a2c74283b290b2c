"""Answers to 是否首次…: 没登过 means yes, 登过 no."""

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, HEDGED, Answer, Outcome
from bot.understanding.polarity import Polarity, first_time_of, has_any, polarity_of, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.rhetoric import only_looked_up, rhetorical
from bot.understanding.text import Clause

EITHER = Answer(Outcome.ASK, candidates=("true", "false"))
_BY_THE_WAY = re.compile(
    r"免费|赠送?|内部|试用|样例|测试数据|(?:知识产权|软著|著作权|商标|专利)(?!.*数据资产)[^,]{0,4}登"
    r"|登[过了完]?(?:的是|记过?了?)?[^,]{0,3}(?:知识产权|软著|著作权|商标|专利)"
)
_OFF_EXCHANGE = re.compile(r"场外|私下|线下|框架|意向")
_WAS_OFF_EXCHANGE = re.compile(
    r"(?:但是?|不过|只是|就是|都|全|那|也)*(?:是)?(?:在|走的?)?(?:场外|私下|线下|柜台外|交易所外面?)(?:里|直接)?(?:[签卖做谈]|成交|交易|进行)?[的了]?"
)
_THAT_TIME = re.compile(
    r"(?:去年|前年|大前年|往年|早年|以前|20[12]\d年|\d\d年)[^?]*(?:当时|当年|那时候?|那年|那次|那回|那会儿?|那)(?:也|才|就|还|算)*是(?:我们|公司)?(?:的)?(?:第一|首|头一)"
)
"""去年入表了，当时是第一次 leaves open whether it was done again since."""
_BUT = re.compile(r"^(?:但是?|不过|只是|可是?|然而|就是|只不过)")
_ONLY = re.compile(r"^(?:我们)?(?:就)?(?:只|仅)(?!有|是)")
_EMPHASIS = re.compile(r"^(?:肯定|绝对|确实|真的|当然)(?=没)")
IT_WAS = re.compile(r"(?:不过|但是?|可是?|只是|其实)?(?:那|都)?是")
LATELY = re.compile(r"今年|刚|这次|本次|上周|上个?月|昨天|本月|这个月|最近|今天")
_MERELY_DONE = re.compile(
    r"(?:我们|公司|数据|资产|证书?|登记证?|表|也|都|是|就)*(?:办|搞|弄|做|登记?|入表?|入账|卖|签|成交|开放|拿到?|下来|批|有)"
    r"(?:好|完|成|到|下来|出去)*了(?:一?[个张次单份笔回])?(?:证书?|表|账)?[了的啊呀]*"
)
"""办了, 证书都拿到了: once, as far as is told; it may have been the first time."""
_DONE = re.compile(r"(?:办|搞|弄|做|登记?|入表?|卖|签|开放|拿到?|下来|批)(?:好|完|下来)?[的了]")
BEFORE_SURELY = re.compile(r"过(?!期|来|去|后)|以前|之前|早|曾|第[二三四五2-9]|再|追加|好几|多次|不是|并非")
_OF_RECORD = re.compile(r"(?!.*[登入卖易放]).*(?:公示|罚|失信)")
"""公示过, after a penalty, is none of the four firsts."""
_LONG_WAY = re.compile(r"(?:还|且)?早着(?:呢|哩|嘞)|还早(?:呢|得很|哩|着)?$")
_NOT_ACHIEVED = re.compile(r"没(?:能|有)?[登入卖开做办弄搞](?:进|成|上|出)(?:去|来)?$")
_NOT_THE_FIRST = re.compile(
    r"(?:这|今年|现在|目前)[\u4e00-\u9fff]{0,4}第[二三四五六七八九十两](?:批|次|回|单|个|张|份|笔|家)"
)
_STILL_FIRST = re.compile(r"(?:还|仍|也)?(?:算|是|属于)(?:是)?(?:首次|第一次|头一[次回])")


def answer_of(value: bool) -> Answer:  # noqa: FBT001  (the value is the one thing this takes)
    """Yes or no as an answer."""
    return Answer(Outcome.VALUE, value)


def read_first(own: Sequence[Clause], every: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """Whether something is the first time, by the clauses about the own company, of all that are said."""
    if not own:
        return EITHER if _was_anothers(own, every) else _first_verdict([], own, lexicon, is_contrast=bool(every))
    if _NOT_THE_FIRST.search(_joined(every)):
        return answer_of(False)
    if any(_is_still_first(clause, question, lexicon) for clause in own):
        return EITHER if _is_of_then(every, lexicon) else answer_of(True)
    said = _said(own, question, lexicon)
    if _is_left_open(own, every, said or [], question, lexicon):
        return EITHER
    return HEDGED if said is None else _first_verdict(said, own, lexicon, is_contrast=len(own) < len(every))


def _is_still_first(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    is_first = _STILL_FIRST.search(clause.text) is not None
    return is_first and first_of(clause, question, lexicon) is not Polarity.NO


def _is_left_open(
    own: Sequence[Clause], every: Sequence[Clause], said: Sequence[Polarity], question: Question, lexicon: Lexicon
) -> bool:
    """Whether somebody else did it, or it was done where it may not count, or in a year since which nothing is told."""
    if _is_of_then(every, lexicon):
        return True
    if _was_anothers(own, every) and not _is_denied(own, question, lexicon):
        return True
    return Polarity.NO in said and any(map(is_off_exchange, every))


def is_off_exchange(clause: Clause) -> bool:
    """Whether a clause says no more than that what was sold was sold off the exchange: 在场外."""
    return _WAS_OFF_EXCHANGE.fullmatch(clause.text) is not None


def _joined(clauses: Sequence[Clause]) -> str:
    return ",".join(clause.text for clause in clauses)


def _is_of_then(every: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether it was the first time then, in an earlier year, and nothing is told of since."""
    plain = _joined(every)
    return _THAT_TIME.search(plain) is not None and not has_any(plain, (*lexicon.words.again, "今年"))


def _was_anothers(own: Sequence[Clause], every: Sequence[Clause]) -> bool:
    return any(IT_WAS.match(clause.text) for clause in every if clause not in own)


def _is_denied(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> bool:
    """Whether the own company never did it, whoever else did: 没登过，是子公司登的."""
    return bool(own) and all(first_of(clause, question, lexicon) is Polarity.YES for clause in own)


def _said(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> list[Polarity] | None:
    """What the clauses say one after another, since the last correction; None where one limits what was done."""
    said: list[Polarity] = []
    for clause in _that_count(own, question, lexicon):
        polarity = first_of(clause, question, lexicon)
        if Polarity.NO in said and _BUT.match(clause.text) and _limits(clause.text, lexicon):
            return None
        if has_any(clause.text, ("其实", "说错", "更正")) and polarity is not Polarity.SILENT:
            said = []
        said.append(polarity)
    return said


def _that_count(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Sequence[Clause]:
    """The clauses without what leaves it open (上个月刚签的) where another one says that it was the first time."""
    firsts = [c for c in own if has_any(c.text, lexicon.words.first)]
    if not any(first_of(clause, question, lexicon) is Polarity.YES for clause in firsts):
        return own
    return [clause for clause in own if clause in firsts or not _is_open(clause.text, lexicon)]


def _limits(text: str, lexicon: Lexicon) -> bool:
    """但不是在交易所, 不过是知识产权: what was done may not have been this."""
    return (
        polarity_of(text, lexicon) is Polarity.NO or re.match(r"(?:但是?|不过|只是|可是?)(?:那)?是", text) is not None
    )


def first_of(clause: Clause, question: Question, lexicon: Lexicon) -> Polarity:
    """What one clause says of 是否首次, by the question's own phrases, else by what has been done how often."""
    text = clause.text
    if _is_beside_it(text):
        return Polarity.SILENT
    general = _by_turn(text, lexicon) or first_time_of(text, lexicon)
    if general is Polarity.NO:
        return _of_done(text, lexicon)
    if general is not Polarity.SILENT:
        return general
    if _DONE.search(text) and _is_open(text, lexicon):
        return Polarity.HEDGED
    if has_any(text, question.yes_words):
        return Polarity.YES
    return Polarity.NO if has_any(text, question.no_words) else Polarity.SILENT


def _is_beside_it(text: str) -> bool:
    return _ONLY.match(text) is not None or _OF_RECORD.match(text) is not None or only_looked_up(text)


def _by_turn(text: str, lexicon: Lexicon) -> Polarity | None:
    """What a turn of speech says of a first time: 早着呢, 没登成, 谁登过啊."""
    is_hardly = rhetorical(text) is False and not has_any(text, lexicon.words.first)
    if is_hardly or _LONG_WAY.search(text) or _NOT_ACHIEVED.search(text):
        return Polarity.YES
    return Polarity.NO if rhetorical(text) is True and "过" in text else None


def _of_done(text: str, lexicon: Lexicon) -> Polarity:
    """What it says of a first time that something was done: nothing where it was done by the way, or off exchange."""
    if _BY_THE_WAY.search(text):
        return Polarity.SILENT
    return Polarity.HEDGED if _OFF_EXCHANGE.search(text) or _is_open(text, lexicon) else Polarity.NO


def _is_open(text: str, lexicon: Lexicon) -> bool:
    """今年签了, 刚登完, 办了: done, and nothing says that it was done before; it may be the first time or not."""
    if _MERELY_DONE.fullmatch(text):
        return True
    return LATELY.search(text) is not None and not BEFORE_SURELY.search(text) and not has_any(text, lexicon.words.again)


def _first_verdict(said: Sequence[Polarity], own: Sequence[Clause], lexicon: Lexicon, *, is_contrast: bool) -> Answer:
    told = [p for p in said if p in (Polarity.YES, Polarity.NO)]
    if Polarity.HEDGED in said:
        return EITHER
    if told:
        return _settled(told, own, lexicon)
    if bare := {_bare(clause.text, lexicon) for clause in own} - {Polarity.SILENT}:
        return answer_of(Polarity.YES in bare) if len(bare) == 1 else ASK
    return _of_silence(own, lexicon, is_contrast=is_contrast)


def _of_silence(own: Sequence[Clause], lexicon: Lexicon, *, is_contrast: bool) -> Answer:
    """What clauses say that tell of no first time: a no beside what others did is one, a bare 没有 may be either."""
    if is_contrast:
        return answer_of(True) if any(polarity_of(c.text, lexicon) is Polarity.NO for c in own) else ASK
    return EITHER if any(_is_silent(c.text, lexicon) for c in own) else ASK


def _is_silent(text: str, lexicon: Lexicon) -> bool:
    return _EMPHASIS.sub("", strip_fillers(text, lexicon)) in lexicon.words.exists_or_not


def _settled(told: Sequence[Polarity], own: Sequence[Clause], lexicon: Lexicon) -> Answer:
    if len(set(told)) == 1:
        return answer_of(Polarity.YES in told)
    firsts = [c for c in own if has_any(c.text, lexicon.words.first)]
    if firsts and first_time_of(firsts[0].text, lexicon) is Polarity.YES and not _again_elsewhere(own, lexicon):
        return answer_of(True)
    return answer_of(False) if told[-1] is Polarity.NO and not firsts else ASK


def _again_elsewhere(own: Sequence[Clause], lexicon: Lexicon) -> bool:
    return any(has_any(c.text, (*lexicon.words.again, "以前", "去年", "前年")) for c in own)


def _bare(text: str, lexicon: Lexicon) -> Polarity:
    """是 and 不是 alone; 没有, 没买 and 有 alone say nothing of a first time, 还没有 says it was never done."""
    core = _EMPHASIS.sub("", strip_fillers(text, lexicon))
    if core in lexicon.words.never_done:
        return Polarity.YES
    if core in lexicon.words.exists_or_not:
        return Polarity.SILENT
    if core in lexicon.words.yes or text in lexicon.words.yes:
        return Polarity.YES
    return Polarity.NO if core in lexicon.words.no and not core.startswith("没") else Polarity.SILENT
