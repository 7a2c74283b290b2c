"""Questions put in the negative (是否未被列入名单; 您还没有领过吧): yes says that it is not so."""

import re
from collections.abc import Sequence

from bot.understanding.harm import harm_of, is_of_harm
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, HEDGED, Answer, Outcome
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, is_question, polarity_of, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.rhetoric import rhetorical
from bot.understanding.text import Clause, Message

_A_NOT_A = re.compile(r"有没有|是不是|有无|会不会|能不能")
_DENIES = re.compile(
    r"是否(?:从|还|尚|一直|都|也)*(?:未|没|不|无)"
    r"|(?:不存在|没有?|从?未|不是|不属于|不涉及|不在|无)[^?？]{0,40}?"
    r"(?:[,，]?(?:对吗|是吗|对吧|是吧|对不对|没错吧|属实吗)|[吧吗])[?？ ]*$"
)
_EXISTS = re.compile(r"有|了|存在")
_UNDER_WAY = re.compile(r"(?:正|一直|还|都|仍)在(?:做|搞|弄|办|开展|进行|用|卖)")
_GOES_ON = re.compile(r"开展|从事|经营|涉及|使用")
_TAKES_BACK = frozenset({"不对", "错了", "不对不对", "错", "不正确", "不属实", "说反了", "反了"})
_BARE_NO = re.compile(r"(?:确)?(?:并?没有?|无|不是|并不是|并非|不|否|非也)的?")
_NEVER = re.compile(
    r"确实(?:没有?|无)|真没有?|从.*没有?|从未|没有过|(?:还|尚|暂时?)(?:没有?|未|无)"
    r"|未曾|不存在|一[次回]都?没有?|暂无"
)


def denies(prompt: str) -> bool:
    """Whether the prompt itself says no."""
    return _DENIES.search(_A_NOT_A.sub("", prompt)) is not None


def read_denied(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """Whether what the prompt says holds: true for 是的 and 没领过, false for 领了; a bare 没有 tells neither."""
    own = own_clauses(message.clauses, lexicon)
    if any(is_question(c, lexicon) and rhetorical(c.text) is None for c in own):
        return ASK
    signs = [_sign(clause.text, lexicon) for clause in own]
    told = {_happened(clause, question, lexicon) for clause, sign in zip(own, signs, strict=True) if sign is None} - {
        Polarity.SILENT
    }
    if Polarity.HEDGED in told:
        return HEDGED
    return _verdict(signs, told)


def _verdict(signs: Sequence[str | None], told: set[Polarity]) -> Answer:
    """What is said of the matter decides, unless a plain yes or no beside it says the contrary."""
    holds = {Polarity.YES: False, Polarity.NO: True}
    said = {holds[polarity] for polarity in told} | ({True} if "agrees" in signs else set())
    if not said and "takes back" in signs:
        said = {False}
    if len(said) != 1 or ("takes back" in signs and True in said):
        return ASK
    return Answer(Outcome.VALUE, said.pop())


def _sign(text: str, lexicon: Lexicon) -> str | None:
    """How a clause that names nothing stands to the prompt; None where it says something of the matter."""
    core = strip_fillers(text, lexicon)
    if core in _TAKES_BACK or text in _TAKES_BACK:
        return "takes back"
    if core in lexicon.words.yes and not _EXISTS.search(core):
        return "agrees"
    return "open" if _BARE_NO.fullmatch(core) else None


def _happened(clause: Clause, question: Question, lexicon: Lexicon) -> Polarity:
    """Whether what the prompt denies did happen, by a clause that says something of it."""
    text = clause.text
    if (asked := rhetorical(text)) is not None:
        return Polarity.YES if asked else Polarity.NO
    if _UNDER_WAY.search(text):
        return Polarity.YES if _GOES_ON.search(question.prompt) else Polarity.HEDGED
    core = strip_fillers(text, lexicon)
    if _NEVER.fullmatch(core) or _NEVER.fullmatch(text):
        return Polarity.NO
    if core == "存在":
        return Polarity.YES
    return harm_of(text, lexicon) if is_of_harm(question) else polarity_of(text, lexicon)
