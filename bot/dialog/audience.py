"""Who reads an answer: in a group public text only; what tells of a company goes to the single chat of who asked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.dialog.acts import (
    Act,
    Ask,
    AskPremises,
    AskSeveral,
    Chat,
    Clarify,
    ExplainQuestion,
    Notice,
    NotUnderstood,
    Record,
    SetDay,
    Tell,
    Welcome,
    WelcomeBack,
)
from bot.dialog.answer_acts import (
    AnswerFromClauses,
    CompareClauses,
    DescribeDocuments,
    ExplainTerm,
    ListClauses,
    TellDepartments,
)
from bot.dialog.flows import Guide
from bot.dialog.item_acts import AskForItems
from bot.dialog.kept_acts import HandOff, NoteLabels, TellKept
from bot.dialog.machine import advance
from bot.dialog.repair_acts import AskWhatNothing, OfferWays, TellHowManyLeft
from bot.dialog.state import State
from bot.policy.attributes import AttributeType, Profile
from bot.policy.matching import Verdict, judge
from bot.understanding.text import normalize

_PUBLIC = (
    Welcome,
    WelcomeBack,
    AskPremises,
    AskSeveral,
    NotUnderstood,
    ExplainTerm,
    TellDepartments,
    TellKept,
    OfferWays,
    AskWhatNothing,
    AskForItems,
    TellHowManyLeft,
    SetDay,
    Chat,
    Tell,
)
"""Acts that tell nothing of the company. Of an act that nobody has judged, nothing is shown in a group."""
_OF_ONESELF = re.compile(r"我|咱|俺|本公司|本单位|本企业|贵")
_OF_RESULT = re.compile(r"第\d+项")
"""What was asked about last is a policy by its number in the company's result."""
_ANSWERS = (AnswerFromClauses, ListClauses, CompareClauses, DescribeDocuments)
_QUESTIONS = (Ask, AskPremises, AskSeveral, Clarify)
_MEASURED = (AttributeType.YUAN, AttributeType.DATE, AttributeType.INT)
"""What is offered to choose from tells what was said."""
_SAY = "(?:公布|公示|回复|(?<![开研])发|(?<!听)[说贴放写讲报亮念答回列晒])"
_ALL = "(?:大家|大伙|各位|诸位|所有人)"
_GROUP = r"(?:这个?|本|咱们?|我们)?群(?:里面?|聊|上|中|(?=$|[^\u4e00-\u9fff]|[吧呗了给让看]))"
_NO_WHISPER = r"(?:不用|别|不必|无需|不要)(?:转|发|去)?(?:到)?(?:单聊|私聊|私信|私发)"
_HERE = re.compile(
    rf"{_SAY}(?:[到在进给回]|出来)*{_GROUP}|就?在{_GROUP}(?:直接|公开)?{_SAY}|{_SAY}(?:出来)?(?:一下)?给(?:我们)?{_ALL}"
    rf"|给{_ALL}都?(?:看|瞧|过目|念|讲|说)|当众(?:说|讲|回复)?|公开(?:说|讲|回复)|就在这[里儿]?(?:说|讲|发|回复)|{_NO_WHISPER}"
)
_NOT_HERE = re.compile(
    rf"(?:别|不要|不用|不想|不能|不许|不准|勿|甭|不|怕|担心|免得|万一|会不会)[\u4e00-\u9fff]{{0,6}}(?:群|{_ALL}|当众|公开)"
    rf"|(?:你|您|机器人|助手)会[\u4e00-\u9fff]{{0,8}}(?:群|{_ALL})|群里?(?:的人|人|{_ALL})?(?:能|会)看"
    r"|我们?(?:刚才?|已经?|都)?(?:把[\u4e00-\u9fff]{0,8})?发[\u4e00-\u9fff]{0,3}群[里聊]?[了过]"
    rf"|截图|转发|别人|我(?:们)?(?:想|要|来|去|自己|再)[\u4e00-\u9fff]{{0,8}}发[\u4e00-\u9fff]{{0,3}}群"
    rf"|(?:钱|补贴|奖励|资金|券)[是都会也要全]{{0,3}}(?:发给?|给){_ALL}"
)
_ONLY_HERE = re.compile(
    r"(?:那|就|请|麻烦|能|回复|[说讲发回]|可以|帮我|你|您|直接|都|把?(?:它|结果|这个)|吧|呗|了|一?下|好|出来|也|看看?"
    r"|[,。.!~ ])*"
)
_AGAIN = re.compile(r"依据|凭什么|资料|档案|记了|导出")


@dataclass(frozen=True, slots=True)
class Parted:
    """What everybody in the chat reads, and what only the one who asked reads."""

    public: tuple[Act, ...]
    private: tuple[Act, ...] = ()
    is_for_group: bool = False


def asks_in_public(text: str) -> bool:
    """Whether the user wants the answer in the group itself (把结果发群里); fear of that is no wish."""
    plain = re.sub(r"(?:能不能|可不可以)(?!不)", "能", normalize(text))
    if re.search(_NO_WHISPER, plain):
        return True
    return _HERE.search(plain) is not None and _NOT_HERE.search(plain) is None


def spelled_out_in_public(text: str, before: str) -> str:
    """What is to be answered in the group where the text only says that it is to be there: what was asked before."""
    if not asks_in_public(text):
        return text
    rest = _HERE.sub("", re.sub(r"能不能|可不可以", "", normalize(text)))
    if _ONLY_HERE.fullmatch(rest) is None:
        return text
    return before if _AGAIN.search(before) else "看结果"


def part(acts: Iterable[Act], anyone: Iterable[Act] = (), *, can_whisper: bool) -> Parted:
    """The acts as a group may read them, and those that go to the single chat where there is one to write to.

    `anyone` are the answers that the same question gets of somebody of whom nothing is known: they stand in place of
    those that were chosen for the company, and where there are none, these are the company's alone.
    """
    every, answers = tuple(acts), tuple(anyone)
    private = [act for act in every if _is_personal(act) or (isinstance(act, _ANSWERS) and not answers)]
    public = list(_for_all(every, answers))
    if private:
        public.append(Tell(Notice.SENT_PRIVATELY if can_whisper else Notice.ASK_PRIVATELY))
        public.sort(key=lambda act: isinstance(act, _QUESTIONS))  # the question comes last
    if not private or not can_whisper:
        return Parted(tuple(public), is_for_group=True)
    noted = (act for act in every if isinstance(act, Record))
    return Parted(tuple(public), (Tell(Notice.FROM_GROUP), *noted, *private), is_for_group=True)


def _for_all(acts: Iterable[Act], answers: Iterable[Act]) -> Iterator[Act]:
    """The acts as everybody may read them; all the answers come in place of the first of those to the company."""
    for act in acts:
        if isinstance(act, _ANSWERS):
            yield from answers
            answers = ()
        else:
            yield from _in_public(act)
        if isinstance(act, Welcome):
            yield Tell(Notice.IN_GROUP)


def answers_for_anyone(acts: Iterable[Act], before: State, text: str, now: datetime, guide: Guide) -> tuple[Act, ...]:
    """What the same question is answered to somebody of whom nothing is known; none where nothing was answered."""
    if not any(isinstance(act, _ANSWERS) for act in acts):
        return ()
    subject = "" if _OF_RESULT.match(before.subject) else before.subject
    stranger = State(is_greeted=True, last_seen=now, subject=subject, pending=before.pending)
    told = advance(stranger, text, now, guide).acts
    return tuple(_answer_for_anyone(act) for act in told if isinstance(act, _ANSWERS))


def _in_public(act: Act) -> tuple[Act, ...]:
    """What everybody may read of an act, without what is known of the company."""
    match act:
        case Record():
            return (_labels_of(act),)
        case Ask():
            return (replace(act, stake=None, known=None),)
        case ExplainQuestion():
            return (replace(act, stake=None),)
        case Clarify():
            return (_without_values(act),)
        case HandOff():
            # the clause that was told of may be the tier that the company is in
            return (replace(act, subject="", contacts=() if act.is_of_company else act.contacts),)
        case _:
            return (act,) if isinstance(act, _PUBLIC) else ()


def _labels_of(act: Record) -> NoteLabels:
    new = tuple(note.attribute for note in act.noted if note.before is None)
    changed = tuple(note.attribute for note in act.noted if note.before is not None)
    return NoteLabels(new, changed, act.unknown)


def _is_personal(act: Act) -> bool:
    """Whether an answer lacks something without what is known of the company."""
    match act:
        case AnswerFromClauses():
            return act.knows_profile and act.asks_for_itself and _OF_ONESELF.search(act.subject) is not None
        case CompareClauses() | DescribeDocuments() | ListClauses():
            return False
        case HandOff():
            return act.is_of_company
        case _:
            return not _in_public(act)


def _without_values(act: Clarify) -> Act:
    attribute = act.question.attribute
    is_told = attribute is not None and attribute.type in _MEASURED
    return Ask(act.question, (), is_repeated=True) if is_told else act


def _answer_for_anyone(act: AnswerFromClauses | CompareClauses | DescribeDocuments | ListClauses) -> Act:
    """The answer without a verdict about the company that the text itself may have told of."""
    match act:
        case AnswerFromClauses(on=on):
            told, others = _of_anyone(act.verdicts, on), _of_anyone(act.others, on)
            return replace(act, verdicts=told, others=others, knows_profile=False)
        case CompareClauses(on=on):
            return replace(act, sides=_of_anyone(act.sides, on), knows_profile=False)
        case DescribeDocuments(on=on):
            return replace(act, claimable=tuple(_of_anyone(part, on) for part in act.claimable))
        case ListClauses():
            return act


def _of_anyone(verdicts: Iterable[Verdict], on: date) -> tuple[Verdict, ...]:
    return tuple(judge(verdict.clause, Profile(), on) for verdict in verdicts)
