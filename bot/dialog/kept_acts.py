"""Acts about what is kept of the user: handed over to a person, handed out, told where others read along."""

from dataclasses import dataclass
from datetime import date

from bot.dialog.state import Exchange
from bot.policy.attributes import Attribute, Value
from bot.policy.clauses import Contact

Known = tuple[tuple[Attribute, Value], ...]


@dataclass(frozen=True, slots=True)
class HandOff:
    """Whom to turn to about `subject` (empty: about anything), with the published number where there is one.

    `wants_person`: the user wants to go on with a person, who finds what is handed over under `number`; `is_again` when
    that was given before. `is_of_company`: whom to turn to tells how the enterprise stands.
    """

    contacts: tuple[Contact, ...]
    hotline: Contact
    subject: str = ""
    wants_person: bool = False
    number: str = ""
    is_again: bool = False
    is_of_company: bool = False


@dataclass(frozen=True, slots=True)
class ExportKept:
    """Hand out all that is kept: answers, what is left open, answers set aside, other companies by name, exchanges, the
    number of a hand-off."""

    known: Known
    unknown: tuple[Attribute, ...]
    set_aside: Known
    exchanges: tuple[Exchange, ...]
    hand_off: str
    on: date
    companies: tuple[tuple[str, Known], ...] = ()


@dataclass(frozen=True, slots=True)
class TellKept:
    """Say what is kept, for how long, who sees it, and how to be rid of it."""


@dataclass(frozen=True, slots=True)
class NoteLabels:
    """Say in a group of what something was recorded, changed or left open, without what it is."""

    noted: tuple[Attribute, ...]
    changed: tuple[Attribute, ...] = ()
    left_open: tuple[Attribute, ...] = ()


KeptAct = HandOff | ExportKept | TellKept | NoteLabels
