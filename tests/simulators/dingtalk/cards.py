"""Interactive cards: their templates, and what each of them shows now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.simulators.dingtalk.chats import Button
from tests.simulators.dingtalk.refusals import Json

MAX_KEY_BYTES, MAX_VALUE_BYTES = 100, 1024
LABELS, IDS = ("text", "label", "title", "name"), ("id", "actionId", "value", "key", "text", "label", "title", "name")


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """A button that a template draws; `{name}` in its texts is filled in from the card's variables."""

    label: str
    action_id: str
    params: Mapping[str, str] = field(default_factory=dict)
    shown_if: str = ""

    def filled(self, values: Mapping[str, str]) -> Button | None:
        """The button with the values of a card, or None where it is not shown."""
        label = _fill(self.label, values)
        if not label or (self.shown_if and values.get(self.shown_if, "") in {"", "false", "0"}):
            return None
        params = {name: _fill(text, values) for name, text in self.params.items()}
        return Button(label, action_id=_fill(self.action_id, values), params=params)


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """What was published in the vendor's card editor: the variables, and fixed buttons beside lists of them."""

    template_id: str
    variables: frozenset[str]
    buttons: tuple[TemplateButton, ...] = ()


@dataclass(slots=True, eq=False)
class Card:
    """One card: its variables, those of each person, and what is known of its updates."""

    out_track_id: str
    template: CardTemplate | None
    callback_type: str
    route_key: str
    values: dict[str, str]
    private: dict[str, dict[str, str]] = field(default_factory=dict)
    is_asking: bool = False
    streamed: int = 0
    is_final: bool = False
    guids: set[str] = field(default_factory=set)

    def values_for(self, staff_id: str) -> dict[str, str]:
        """The variables as one person sees them."""
        return self.values | self.private.get(staff_id, {})

    def buttons_for(self, staff_id: str) -> tuple[Button, ...]:
        """What one person can click now: the template's buttons, and those in variables that hold a list of them."""
        values = self.values_for(staff_id)
        drawn = [button.filled(values) for button in (self.template.buttons if self.template else ())]
        listed = [button for value in values.values() for button in _listed(value)]
        return (*(button for button in drawn if button), *listed)

    def update(self, values: Mapping[str, str], *, by_key: bool) -> list[str]:
        """Take new values over the old ones, or in place of all of them; the names that are lost."""
        lost = [] if by_key else sorted(set(self.values) - set(values))
        self.values = (self.values if by_key else {}) | dict(values)
        return lost

    def update_private(self, staff_id: str, values: Mapping[str, str], *, by_key: bool) -> None:
        """The same for the variables of one person."""
        self.private[staff_id] = (self.private.get(staff_id, {}) if by_key else {}) | dict(values)


def problems_of_values(values: object, template: CardTemplate | None) -> list[str]:
    """What the platform refuses in a cardParamMap."""
    if not isinstance(values, dict):
        return ["cardParamMap 应是对象"]
    problems = [f"变量 {name!r} 的值应是文字" for name, value in values.items() if not isinstance(value, str)]
    problems += [f"变量名 {name!r} 超过 {MAX_KEY_BYTES} 字节" for name in values if len(name.encode()) > MAX_KEY_BYTES]
    problems += [
        f"变量 {name!r} 的值有 {len(value.encode())} 字节，最多 {MAX_VALUE_BYTES}"
        for name, value in values.items()
        if isinstance(value, str) and len(value.encode()) > MAX_VALUE_BYTES
    ]
    if template is not None:
        problems += [f"模板没有变量 {name!r}" for name in sorted(set(values) - template.variables)]
    return problems


def _listed(value: str) -> list[Button]:
    """The buttons in a variable that is a list of objects, each with a label and an id or a link."""
    try:
        entries = json.loads(value) if value.startswith("[") else []
    except ValueError:
        return []
    return [_button(entry) for entry in entries if isinstance(entry, dict) and _first(entry, LABELS)]


def _button(entry: Json) -> Button:
    return Button(_first(entry, LABELS), _first(entry, ("url",)), _first(entry, IDS), entry)


def _first(entry: Json, names: tuple[str, ...]) -> str:
    return next((str(entry[name]) for name in names if entry.get(name)), "")


def _fill(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return "" if "{" in text else text
