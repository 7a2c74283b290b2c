"""The acts of a turn put into words: one view an act, one template a view, joined into messages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialog.acts import Act, Ask, AskPremises, AskSeveral, Clarify, Notice, Tell, WelcomeBack
from bot.dialog.asking import CONFIRM
from bot.dialog.item_acts import CompareItems
from bot.dialog.kept_acts import ExportKept
from bot.dialog.repair_acts import AskWhatNothing, AskWhatSum, AskWhich, OfferCompany, OfferWays
from bot.dialog.reporting import Report
from bot.dialog.result_acts import NoResult, ShowProof, ShowResult, ShowSummary
from bot.dialog.what_if_acts import WhatIf
from bot.messages import Option, OutboundMessage, PrintedResult
from bot.policy.attributes import AttributeType, Profile
from bot.policy.clauses import Contact
from bot.rendering.kept_views import dump_export
from bot.rendering.repairing import labelled
from bot.rendering.splitting import split_text
from bot.rendering.summary_views import view_report
from bot.rendering.templates import Templates
from bot.rendering.viewing import Scene, view_of
from bot.understanding.questions import Choice

TEXT_FILE, JSON_FILE = "我的资料.txt", "我的资料.json"
MORE = Choice("more", "更多")


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the acts of a turn.

    `max_bytes` is the most that one message may have in UTF-8 bytes (WeCom text: 2048, platforms page W:90236).
    """

    templates: Templates
    notices: Mapping[Notice, str]
    hotline: Contact
    retention_days: int = 30
    max_bytes: int = 2048

    def render(self, acts: tuple[Act, ...], profile: Profile) -> tuple[OutboundMessage, ...]:
        """The messages of one turn, in order; the options of the last act stand with the last message."""
        scene = self._scene(profile)
        options = options_of(acts[-1]) if acts else ()
        messages = [message for part in _parts(acts) for message in self._messages(part, scene)]
        if options and messages:
            messages[-1] = replace(messages[-1], options=options, is_several=_takes_several(acts[-1]))
        return tuple(messages)

    def _messages(self, part: Sequence[Act], scene: Scene) -> Iterator[OutboundMessage]:
        text = "\n\n".join(self.templates.render(view_of(act, scene)) for act in part)
        yield from self._pieces(text, TEXT_FILE if isinstance(part[-1], ExportKept) else "")
        if isinstance(part[-1], ExportKept):
            yield from self._pieces(dump_export(part[-1]), JSON_FILE)

    def _pieces(self, text: str, file: str) -> Iterator[OutboundMessage]:
        return (OutboundMessage(piece, file=file) for piece in split_text(text, self.max_bytes))

    def render_report(self, report: Report, profile: Profile) -> PrintedResult:
        """The whole result and the proof of each item, in texts of any length."""
        scene, render = self._scene(profile), self.templates.render
        proofs = tuple(render(view_of(proof, scene)) for proof in report.proofs)
        whole = render(view_report(report, profile, self.hotline))
        return PrintedResult(report.whole.on.isoformat(), whole, proofs)

    def _scene(self, profile: Profile) -> Scene:
        return Scene(profile, self.notices, self.hotline, self.retention_days)


def _parts(acts: Iterable[Act]) -> Iterator[list[Act]]:
    """The acts that share a message: a result, a summary, a comparison, a proof or a what-if ends one; what is handed
    out stands alone."""
    part: list[Act] = []
    for act in acts:
        if part and isinstance(act, ExportKept):
            yield part
            part = []
        part.append(act)
        if isinstance(act, ShowResult | ShowSummary | CompareItems | NoResult | ShowProof | WhatIf | ExportKept):
            yield part
            part = []
    if part:
        yield part


def _takes_several(act: Act) -> bool:
    """Whether several of the options may be taken at once."""
    if isinstance(act, Ask):
        return act.question.attribute is not None and act.question.attribute.type is AttributeType.SET
    return isinstance(act, AskSeveral)


def options_of(act: Act) -> tuple[Option, ...]:
    """The options that go with an act, for buttons."""
    return tuple(Option(choice.value, choice.label) for choice in _choices_of(act))


def _choices_of(act: Act) -> Sequence[Choice]:
    match act:
        case Ask() | AskPremises() | AskSeveral():
            return act.options
        case AskWhich():
            return labelled(act)
        case OfferWays() | AskWhatSum() | AskWhatNothing() | OfferCompany() | WelcomeBack():
            return act.choices
        case Clarify():
            return act.candidates
        case Tell(Notice.CONFIRM_DELETE | Notice.CONFIRM_RESTART):
            return CONFIRM
        case ShowResult(page=page, pages=pages) if page < pages:
            return (MORE,)
        case _:
            return ()
