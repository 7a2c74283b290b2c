"""Views of what is kept of the user: handed over, handed out, told in a group."""

import json
from dataclasses import dataclass

from bot.dialog.kept_acts import ExportKept, HandOff, Known, NoteLabels
from bot.dialog.state import Exchange
from bot.policy.values import value_to_json
from bot.rendering.sentences import say_contact, say_value

MINUTES = "%Y-%m-%d %H:%M"
LONGEST = 80
"""What of an answer is read in a list of what was said; the JSON has more."""


@dataclass(frozen=True, slots=True)
class HandOffView:
    """hand_off.txt: what it is about, the departments to turn to, the hotline, and what happens next.

    `number` is that of the record (empty: no person was asked for), `is_again` when it was given before.
    """

    subject: str
    contacts: tuple[str, ...]
    hotline: str
    number: str
    is_again: bool


@dataclass(frozen=True, slots=True)
class ExportKeptView:
    """export_kept.txt: all that is kept, for people to read.

    `known` and `set_aside` are a line each, `companies` those kept aside, a line each, `exchanges` the last things
    said, `hand_off` the number of the record.
    """

    day: str
    known: tuple[str, ...]
    left_open: str
    set_aside: tuple[str, ...]
    exchanges: tuple[str, ...]
    companies: tuple[str, ...]
    hand_off: str
    retention_days: str


@dataclass(frozen=True, slots=True)
class TellKeptView:
    """tell_kept.txt: how many exchanges are kept, and for how many days everything is."""

    exchanges: str
    retention_days: str


@dataclass(frozen=True, slots=True)
class NoteLabelsView:
    """note_labels.txt: in a group, of what something was recorded, changed or left open."""

    noted: tuple[str, ...]
    changed: tuple[str, ...]
    left_open: str


def view_hand_off(act: HandOff) -> HandOffView:
    """Whom to turn to."""
    contacts = tuple(say_contact(contact) for contact in act.contacts)
    return HandOffView(act.subject, contacts, say_contact(act.hotline), act.number, act.is_again)


def view_export(act: ExportKept, retention_days: int) -> ExportKeptView:
    """All that is kept, in words."""
    return ExportKeptView(
        day=act.on.isoformat(),
        known=_lines(act.known),
        left_open="、".join(attribute.label for attribute in act.unknown),
        set_aside=_lines(act.set_aside),
        exchanges=tuple(line for exchange in act.exchanges for line in _say_exchange(exchange)),
        companies=tuple(f"{name}：{'；'.join(_lines(known))}" for name, known in act.companies),
        hand_off=act.hand_off,
        retention_days=str(retention_days),
    )


def view_labels(act: NoteLabels) -> NoteLabelsView:
    """What was recorded, by its labels."""
    noted, changed, left_open = (tuple(a.label for a in part) for part in (act.noted, act.changed, act.left_open))
    return NoteLabelsView(noted, changed, "、".join(left_open))


def dump_export(act: ExportKept) -> str:
    """All that is kept, as JSON; values as in the profiles that `policybot match` takes."""
    content = {
        "exported_on": act.on.isoformat(),
        "profile": _values(act.known),
        "left_open": [attribute.name for attribute in act.unknown],
        "set_aside": _values(act.set_aside),
        "companies": [{"name": name, "profile": _values(known)} for name, known in act.companies],
        "conversation": [
            {"at": each.at.isoformat(timespec="seconds"), "user": each.said, "bot": each.answered}
            for each in act.exchanges
        ],
        "hand_off": act.hand_off or None,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _lines(known: Known) -> tuple[str, ...]:
    return tuple(f"{attribute.label}：{say_value(attribute, value)}" for attribute, value in known)


def _values(known: Known) -> dict[str, object]:
    return {attribute.name: value_to_json(value) for attribute, value in known}


def _say_exchange(exchange: Exchange) -> tuple[str, str]:
    answered = " ".join(exchange.answered.split())
    answered = answered if len(answered) <= LONGEST else f"{answered[:LONGEST]}……"
    return f"{exchange.at.strftime(MINUTES)} 您：{exchange.said}", f"答：{answered}"
