"""The view of each act: its facts as the sentences that a template lays out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from typing import TypeVar

from bot.dialog.acts import (
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
    ShowProfile,
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
from bot.dialog.exchanges import KEPT
from bot.dialog.item_acts import AskForItems, CompareItems
from bot.dialog.kept_acts import ExportKept, HandOff, NoteLabels, TellKept
from bot.dialog.repair_acts import (
    AskWhatNothing,
    AskWhatSum,
    AskWhich,
    OfferCompany,
    OfferWays,
    RepairAct,
    TellChange,
    TellHowManyLeft,
    TurnToCompany,
)
from bot.dialog.result_acts import NoResult, ShowProof, ShowResult, ShowSummary
from bot.dialog.stakes import FirmUp
from bot.dialog.what_if_acts import WhatIf
from bot.policy.attributes import Profile
from bot.policy.clauses import Contact
from bot.policy.money import format_yuan
from bot.rendering.answer_views import view_answer, view_departments, view_documents, view_list, view_term
from bot.rendering.asked_views import AskPremisesView, AskSeveralView, AskView
from bot.rendering.comparison_views import view_comparison
from bot.rendering.firm_up import say_stake, view_firm_up
from bot.rendering.item_views import view_ask_for_items, view_items
from bot.rendering.kept_views import TellKeptView, view_export, view_hand_off, view_labels
from bot.rendering.repair_views import TellHowManyLeftView, WelcomeBackView
from bot.rendering.repairing import view_change, view_choice, view_company
from bot.rendering.result_views import view_no_result, view_proof, view_result
from bot.rendering.sentences import numbered, say_interval, say_value
from bot.rendering.summary_views import view_summary
from bot.rendering.views import (
    ClarifyView,
    ExplainQuestionView,
    NoticeView,
    NotUnderstoodView,
    RecordView,
    SetDayView,
    ShowProfileView,
    View,
    WelcomeView,
)
from bot.rendering.what_if_views import view_what_if
from bot.understanding.questions import AnswerType

A = TypeVar("A")
MANY_OPTIONS = 9
HINTS = {
    AnswerType.AMOUNT: "写清单位就行，比如 26万、1.2亿、8000元；没有就回 0元。",
    AnswerType.DATE: "写到日、月或年都行，比如 2025年3月。",
    AnswerType.COUNT: "回一个数字就行。",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a view needs besides its act."""

    profile: Profile
    notices: Mapping[Notice, str]
    hotline: Contact
    retention_days: int


@singledispatch
def view_of(act: object, scene: Scene) -> View:
    """The view of an act; each kind of act has its own, below."""
    raise TypeError(f"no view for {act!r} in {scene!r}")


def _alone(view: Callable[[A], View]) -> Callable[[A, Scene], View]:
    """The view of an act that tells all by itself."""
    return lambda act, _: view(act)


def _with_hotline(view: Callable[[A, Contact], View]) -> Callable[[A, Scene], View]:
    """The view of an act that says whom to ask."""
    return lambda act, scene: view(act, scene.hotline)


@view_of.register
def _welcome(act: Welcome, scene: Scene) -> View:
    return WelcomeView(str(act.core_count), str(scene.retention_days))


@view_of.register
def _welcome_back(act: WelcomeBack, _: Scene) -> View:
    return WelcomeBackView(
        say_silence(act.hours), str(act.known), act.company, act.asked, numbered(act.choices), act.is_updated
    )


def say_silence(hours: int) -> str:
    """For how long nothing was said, in days from the second on."""
    return f" {hours // 24} 天" if hours >= 24 else f" {hours} 小时" if hours else ""


@view_of.register(OfferWays | AskWhich | AskWhatSum | AskWhatNothing | OfferCompany)
def _choice(act: RepairAct, _: Scene) -> View:
    return view_choice(act)


@view_of.register
def _tell(act: Tell, scene: Scene) -> View:
    return NoticeView(scene.notices[act.notice])


@view_of.register
def _chat(act: Chat, _: Scene) -> View:
    return NoticeView(act.say)


@view_of.register
def _record(act: Record, _: Scene) -> View:
    new = tuple(f"{n.attribute.label}：{say_value(n.attribute, n.value)}" for n in act.noted if n.before is None)
    changed = tuple(
        f"{n.attribute.label}：{say_value(n.attribute, n.before)} → {say_value(n.attribute, n.value)}"
        for n in act.noted
        if n.before is not None
    )
    assumed = tuple(f"{attribute.label}：先按注册地算" for attribute in act.unknown if attribute.default_from)
    left_open = tuple(attribute.label for attribute in act.unknown if not attribute.default_from)
    rest = ("其他几样：没有" if new or changed else "这几样：都没有",) if act.denies_rest else ()
    return RecordView((*new, *assumed, *rest), changed, left_open)


@view_of.register
def _ask(act: Ask, _: Scene) -> View:
    hint = HINTS.get(act.question.type, "") if act.is_repeated and act.line is None else ""
    prompt = act.question.prompt if act.line is None else _line_prompt(act, act.line)
    if act.known is not None and act.line is None and act.question.attribute is not None:
        hint = f"您说的是{say_interval(act.question.attribute, act.known)}，正好跨着一条线，能再说准一点吗？"
    is_long = len(act.options) > MANY_OPTIONS
    return AskView(prompt, say_stake(act.stake), numbered(act.options), is_long, act.is_repeated, hint)


def _line_prompt(act: Ask, line: Decimal) -> str:
    """On which side of the line a sum lies: 保费，…… 正好跨着一条线：超过 10 万元了吗？"""
    attribute, verb = act.question.attribute, "超过" if act.is_strict else "够"
    if attribute is None or act.known is None:
        return f"{act.question.prompt}{verb} {format_yuan(line)}了吗？"
    said = say_interval(attribute, act.known)
    return f"{attribute.label}，您说的是{said}，正好跨着一条线：{verb} {format_yuan(line)}了吗？"


@view_of.register
def _ask_premises(act: AskPremises, _: Scene) -> View:
    return AskPremisesView(act.prompt, say_stake(act.stake), act.premises, numbered(act.options), act.is_repeated)


@view_of.register
def _ask_several(act: AskSeveral, _: Scene) -> View:
    is_brief, is_long = act.is_repeated or act.is_more, len(act.options) > MANY_OPTIONS
    return AskSeveralView(act.prompt, say_stake(act.stake), numbered(act.options), act.is_repeated, is_brief, is_long)


@view_of.register
def _clarify(act: Clarify, _: Scene) -> View:
    label = act.question.attribute.label if act.question.attribute else act.question.prompt
    return ClarifyView(label, numbered(act.candidates), act.is_again)


@view_of.register
def _not_understood(act: NotUnderstood, _: Scene) -> View:
    return NotUnderstoodView(act.misses > 1)


@view_of.register
def _answer(act: AnswerFromClauses, scene: Scene) -> View:
    return view_answer(act, scene.profile.values, scene.hotline)


@view_of.register
def _compare(act: CompareClauses, scene: Scene) -> View:
    return view_comparison(act, scene.profile.values, scene.hotline)


@view_of.register
def _why(act: ExplainQuestion, _: Scene) -> View:
    name, meaning = ("", "") if act.term is None else (act.term.name, act.term.meaning)
    return ExplainQuestionView(name, meaning, act.question.why, say_stake(act.stake))


@view_of.register
def _result(act: ShowResult, scene: Scene) -> View:
    return view_result(act, scene.profile, scene.hotline)


@view_of.register
def _summary(act: ShowSummary, scene: Scene) -> View:
    return view_summary(act.whole, scene.hotline)


@view_of.register
def _profile(act: ShowProfile, _: Scene) -> View:
    said = tuple(f"{attribute.label}：{say_value(attribute, value)}" for attribute, value in act.known)
    return ShowProfileView(said, "、".join(attribute.label for attribute in act.unknown))


@view_of.register
def _export(act: ExportKept, scene: Scene) -> View:
    return view_export(act, scene.retention_days)


@view_of.register
def _kept(_: TellKept, scene: Scene) -> View:
    return TellKeptView(str(KEPT), str(scene.retention_days))


@view_of.register
def _how_many_left(act: TellHowManyLeft, _: Scene) -> View:
    return TellHowManyLeftView(str(act.core or ""), act.is_done)


@view_of.register
def _set_day(act: SetDay, _: Scene) -> View:
    return SetDayView(act.on.isoformat())


view_of.register(TellChange, _alone(view_change))
view_of.register(TurnToCompany, _alone(view_company))
view_of.register(ListClauses, _alone(view_list))
view_of.register(AskForItems, _alone(view_ask_for_items))
view_of.register(TellDepartments, _alone(view_departments))
view_of.register(ExplainTerm, _alone(view_term))
view_of.register(FirmUp, _alone(view_firm_up))
view_of.register(HandOff, _alone(view_hand_off))
view_of.register(NoteLabels, _alone(view_labels))
view_of.register(WhatIf, _alone(view_what_if))
view_of.register(CompareItems, _with_hotline(view_items))
view_of.register(DescribeDocuments, _with_hotline(view_documents))
view_of.register(NoResult, _with_hotline(view_no_result))
view_of.register(ShowProof, _with_hotline(view_proof))
