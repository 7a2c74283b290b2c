"""Answers of yes or no: to 是否…, and to 是否首次…, where 没登过 means yes."""

import re
from collections.abc import Sequence

from bot.understanding.completion import is_at_work, is_unfinished, wants_completion
from bot.understanding.harm import NOT_US, harm_of, is_of_harm
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Outcome
from bot.understanding.options import chosen_by_digit
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, first_time_of, has_any, is_question, polarity_of, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.relevance import clauses_about, echoes
from bot.understanding.reviews import is_review, review_of
from bot.understanding.rhetoric import rhetorical
from bot.understanding.standing import is_asked_for, is_taken_away
from bot.understanding.text import Clause, Message

HEDGED = Answer(Outcome.ASK, is_hedged=True)
EITHER = Answer(Outcome.ASK, candidates=("true", "false"))
_FORMERLY = re.compile(r"^(?:我们|公司)?(?:以前|之前|曾经|原来|过去|早年|原先)(?:是|有|拿过|评过)")
_BY_THE_WAY = re.compile(
    r"免费|赠送?|内部|试用|样例|测试数据|(?:知识产权|软著|著作权|商标|专利)(?!.*数据资产)[^,]{0,4}登"
)
_OFF_EXCHANGE = re.compile(r"场外|私下|线下|框架|意向")
_BUT = re.compile(r"^(?:但是?|不过|只是|可是?|然而|就是|只不过)")
_ONLY = re.compile(r"^(?:我们)?(?:就)?(?:只|仅)(?!有|是)")
_EMPHASIS = re.compile(r"^(?:肯定|绝对|确实|真的|当然)(?=没)")
_OF_RESULT = re.compile(r"成功|获奖|入选")
_TOOK_PART = re.compile(r"(?:参加|参与|报名|报了|报过|申报|申请|投标|参赛|参评|揭榜)[过了]?")
_WITH_RESULT = re.compile(
    r"成功|中[了标选]|没中|获奖|得奖|[^以]奖|入选|通过|拿[到下]|得了|揭了榜|揭榜[了成]|选上|没|未|不|落选"
)
_OF_PLAN = re.compile(r"揭榜挂帅")
IT_WAS = re.compile(r"(?:不过|但是?|可是?|只是|其实)(?:那)?是")
_LONG_WAY = re.compile(r"(?:还|且)?早着(?:呢|哩|嘞)|还早(?:呢|得很|哩|着)?$")
_RETORT = re.compile(
    r"(?:不是|不对|不|[哎啊哦呃]呀?|我|刚才|刚刚|前面|上面|那个|是|可能)*"
    r"(?:[说写打记搞弄选点填看](?:错|反|岔)了?|错了|(?<=不是)不是|(?<=不)不|口误|更正(?:一下)?)[了啊哈呀]*"
)
_NOT_ACHIEVED = re.compile(r"没(?:能|有)?[登入卖开做办弄搞](?:进|成|上|出)(?:去|来)?$")
_NOT_THE_FIRST = re.compile(
    r"(?:这|今年|现在|目前)[\u4e00-\u9fff]{0,4}第[二三四五六七八九十两](?:批|次|回|单|个|张|份|笔|家)"
)
_ENDED = re.compile(
    r"(?:今年|现在|目前|后来|如今)(?:就|又|却|都|已经?)?(?:断了|停了|断保|没再|不再|停掉)"
    r"|(?<!没)(?<!未)(?<!快)(?:过期|到期|失效|作废)了?$"
)
_BOTH = re.compile(r"(?:都|全)(?:有|是|拿了?|齐|在)")
_STILL_FIRST = re.compile(r"(?:还|仍|也)?(?:算|是|属于)(?:是)?(?:首次|第一次|头一[次回])")


def read_yes_no_answer(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """True, false, or ASK, for a question that wants yes or no."""
    choice = chosen_by_digit(message.plain, question.choices) or _exact(message, question)
    if choice is not None:
        return _answer(choice if isinstance(choice, bool) else choice.value == "true")
    clauses = [c for c in message.clauses if not is_question(c, lexicon) or _answers(c.text, question)]
    if len(clauses) < len(message.clauses) and not question.asks_first and not _opens_plainly(message, lexicon):
        return ASK
    own = clauses_about(own_clauses(_without_retort(clauses, lexicon), lexicon), question, lexicon)
    return _first(own, clauses, question, lexicon) if question.asks_first else _plain(own, question, lexicon)


def _answers(text: str, question: Question) -> bool:
    """Whether a clause that looks like a question says yes or no, or takes back what was said (不是不是我说错了)."""
    if _RETORT.fullmatch(text):
        return True
    asked = rhetorical(text)
    return asked is False or (asked is True and (not question.asks_first or "过" in text))


def _opens_plainly(message: Message, lexicon: Lexicon) -> bool:
    """是的，顺便问下要什么材料: a plain yes or no, before a question of the user's."""
    first = message.clauses[0]
    core = strip_fillers(first.text, lexicon)
    return not is_question(first, lexicon) and core in (*lexicon.words.yes, *lexicon.words.no)


def _without_retort(clauses: Sequence[Clause], lexicon: Lexicon) -> Sequence[Clause]:
    """The clauses without a 不对 in front, which takes something back and is no answer itself."""
    while len(clauses) > 1:
        first = clauses[0].text
        if strip_fillers(first, lexicon) not in lexicon.words.correcting and not _RETORT.fullmatch(first):
            break
        clauses = clauses[1:]
    return clauses


def _answer(value: bool) -> Answer:  # noqa: FBT001  (the value is the one thing this takes)
    return Answer(Outcome.VALUE, value)


def _exact(message: Message, question: Question) -> bool | None:
    for choice in question.choices:
        words = {word.lower() for word in (choice.label, *choice.words)}
        if message.bare in words and choice.value in ("true", "false"):
            return choice.value == "true"
    return None


def _first(own: Sequence[Clause], every: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    if own and any(_NOT_THE_FIRST.search(clause.text) for clause in every):
        return _answer(False)
    if own and any(_STILL_FIRST.search(c.text) and first_of(c, question, lexicon) is not Polarity.NO for c in own):
        return _answer(True)
    if any(IT_WAS.match(c.text) for c in every if c not in own):
        return EITHER
    said: list[Polarity] = []
    for clause in own:
        polarity = first_of(clause, question, lexicon)
        if Polarity.NO in said and _BUT.match(clause.text) and _limits(clause.text, lexicon):
            return HEDGED
        if has_any(clause.text, ("其实", "说错", "更正")) and polarity is not Polarity.SILENT:
            said = []
        said.append(polarity)
    if len(own) < len(every) and not own:
        return ASK
    return _first_verdict(said, own, lexicon, is_contrast=len(own) < len(every))


def _limits(text: str, lexicon: Lexicon) -> bool:
    """但不是在交易所, 不过是知识产权: what was done may not have been this."""
    return (
        polarity_of(text, lexicon) is Polarity.NO or re.match(r"(?:但是?|不过|只是|可是?)(?:那)?是", text) is not None
    )


def first_of(clause: Clause, question: Question, lexicon: Lexicon) -> Polarity:
    """What one clause says of 是否首次, by the question's own phrases, else by what has been done how often."""
    if _ONLY.match(clause.text):
        return Polarity.SILENT
    is_hardly = rhetorical(clause.text) is False and not has_any(clause.text, lexicon.words.first)
    if is_hardly or _LONG_WAY.search(clause.text) or _NOT_ACHIEVED.search(clause.text):
        return Polarity.YES
    if rhetorical(clause.text) is True and "过" in clause.text:
        return Polarity.NO
    general = first_time_of(clause.text, lexicon)
    if general is Polarity.NO and _BY_THE_WAY.search(clause.text):
        return Polarity.SILENT
    if general is Polarity.NO and _OFF_EXCHANGE.search(clause.text):
        return Polarity.HEDGED
    if general is not Polarity.SILENT:
        return general
    if has_any(clause.text, question.yes_words):
        return Polarity.YES
    return Polarity.NO if has_any(clause.text, question.no_words) else Polarity.SILENT


def _first_verdict(said: Sequence[Polarity], own: Sequence[Clause], lexicon: Lexicon, *, is_contrast: bool) -> Answer:
    told = [p for p in said if p in (Polarity.YES, Polarity.NO)]
    if Polarity.HEDGED in said:
        return EITHER
    if told:
        return _settled(said, own, lexicon)
    bare = [_bare(clause.text, lexicon) for clause in own]
    if Polarity.YES in bare or Polarity.NO in bare:
        return ASK if Polarity.YES in bare and Polarity.NO in bare else _answer(Polarity.YES in bare)
    if not is_contrast and any(_is_silent(c.text, lexicon) for c in own):
        return EITHER
    if is_contrast and any(polarity_of(c.text, lexicon) is Polarity.NO for c in own):
        return _answer(True)
    return ASK


def _is_silent(text: str, lexicon: Lexicon) -> bool:
    return _EMPHASIS.sub("", strip_fillers(text, lexicon)) in lexicon.words.exists_or_not


def _settled(said: Sequence[Polarity], own: Sequence[Clause], lexicon: Lexicon) -> Answer:
    told = {p for p in said if p in (Polarity.YES, Polarity.NO)}
    if len(told) == 1:
        return _answer(Polarity.YES in told)
    firsts = [c for c in own if has_any(c.text, lexicon.words.first)]
    if firsts and first_time_of(firsts[0].text, lexicon) is Polarity.YES and not _again_elsewhere(own, lexicon):
        return _answer(True)
    last = [p for p in said if p in (Polarity.YES, Polarity.NO)][-1]
    return _answer(False) if last is Polarity.NO and not firsts else ASK


def _again_elsewhere(own: Sequence[Clause], lexicon: Lexicon) -> bool:
    return any(has_any(c.text, (*lexicon.words.again, "以前", "去年", "前年")) for c in own)


def _bare(text: str, lexicon: Lexicon) -> Polarity:
    """是 and 不是 alone; 没有 and 有 alone say nothing of a first time, 还没有 says it was never done."""
    core = _EMPHASIS.sub("", strip_fillers(text, lexicon))
    if core in lexicon.words.never_done:
        return Polarity.YES
    if core in lexicon.words.exists_or_not:
        return Polarity.SILENT
    if core in lexicon.words.yes:
        return Polarity.YES
    return Polarity.NO if core in lexicon.words.no else Polarity.SILENT


def _plain(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    if is_of_harm(question) and any(NOT_US.fullmatch(clause.text) for clause in own):
        return _answer(False)
    said: list[Polarity] = []
    for clause in own:
        polarity = claim_of(clause, question, lexicon)
        if polarity is Polarity.SILENT:
            continue
        if has_any(clause.text, ("其实", "说错", "更正", "不对")) and said:
            said = []
        said.append(polarity)
    told = set(said)
    if not told and any(_only_took_part(clause.text, question) for clause in own):
        return EITHER
    if is_review(question) and told == {Polarity.HEDGED}:
        return UNKNOWN
    if told and told <= {Polarity.YES, Polarity.HEDGED} and len(own) > 1 and _ENDED.search(own[-1].text):
        return _answer(False)
    if len(told) > 1 and (chosen := _on_subject(own, question, lexicon)) is not None:
        return chosen
    if Polarity.HEDGED in told or len(told) != 1:
        return _last_wins(said, own, question, lexicon)
    return _answer(Polarity.YES in told)


def _on_subject(own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer | None:
    """What the clauses with words of the question say, where others speak of something else; or an open end."""
    if wants_completion(question) and any(is_unfinished(c.text, question, lexicon) for c in own):
        return _answer(False)
    if question.attribute is not None:
        return None
    said = {claim_of(c, question, lexicon) for c in own if echoes(c.text, question)} - {Polarity.SILENT}
    return _answer(Polarity.YES in said) if len(said) == 1 and Polarity.HEDGED not in said else None


def _last_wins(said: Sequence[Polarity], own: Sequence[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """去年买过，今年没买: the clause about now decides; else it isn't told."""
    if said and _by_phrase(own[-1].text, question) is Polarity.NO:
        return _answer(False)
    if not said or Polarity.HEDGED in said:
        return HEDGED if said else ASK
    now = [c for c in own if has_any(c.text, ("今年", "现在", "目前", "如今"))]
    if now and (polarity := polarity_of(now[-1].text, lexicon)) in (Polarity.YES, Polarity.NO):
        return _answer(polarity is Polarity.YES)
    return ASK


def claim_of(clause: Clause, question: Question, lexicon: Lexicon) -> Polarity:
    """What one clause says of a claim: by the question's own phrases, else by affirming or denying."""
    text = clause.text
    if (asked := rhetorical(text)) is not None:
        return Polarity.YES if asked else Polarity.NO
    if _only_took_part(text, question):
        return Polarity.SILENT
    if is_review(question):
        return review_of(text, question, lexicon)
    if is_at_work(text, question):
        return Polarity.YES
    if is_unfinished(text, question, lexicon):
        return Polarity.NO
    if (
        has_any(text, lexicon.words.pending)
        or _is_open(text, question, lexicon)
        or is_asked_for(text, question, lexicon)
    ):
        return Polarity.HEDGED
    own = Polarity.NO if is_taken_away(text, question) else _by_phrase(text, question)
    if own is not Polarity.SILENT:
        return own
    polarity = harm_of(text, lexicon) if is_of_harm(question) else polarity_of(text, lexicon)
    return Polarity.YES if polarity is Polarity.SILENT and strip_fillers(text, lexicon) in question.cues else polarity


def _only_took_part(text: str, question: Question) -> bool:
    """参加过揭榜挂帅 does not tell that it was won."""
    if text.startswith("光") and not is_of_harm(question) and not echoes(text, question):  # 光买了财产险
        return True
    if _TOOK_PART.search(text) is None or _OF_RESULT.search(question.prompt) is None:
        return False
    return _WITH_RESULT.search(_OF_PLAN.sub("", text)) is None


def _is_open(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether what was so once says nothing of now: 以前是高新; a listing that was taken back."""
    if is_of_harm(question):
        return harm_of(text, lexicon) is Polarity.HEDGED
    return _FORMERLY.match(text) is not None


def _by_phrase(text: str, question: Question) -> Polarity:
    no, yes = _longest(text, question.no_words), _longest(text, question.yes_words)
    if no and _BOTH.search(text) and has_any(text.replace(no, ""), question.cues):
        return Polarity.YES
    if not no and not yes:
        return Polarity.SILENT
    if len(no) >= len(yes):
        return Polarity.NO
    before = text[: text.find(yes)]
    return Polarity.NO if re.search(r"(?:没|没有|不|未|不是|还没)$", before) else Polarity.YES


def _longest(text: str, words: tuple[str, ...]) -> str:
    return max((w for w in words if w in text), key=len, default="")
