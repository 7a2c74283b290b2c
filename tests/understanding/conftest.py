"""The shipped content as a lexicon, read in the simplest way."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.policy.attributes import Attribute, AttributeType
from bot.understanding.lexicon import CommandWords, Lexicon, Place, Words
from bot.understanding.meaning import Intent
from bot.understanding.questions import ANSWER_TYPES, Choice, Question

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)


def load_lexicon() -> Lexicon:
    """The lexicon that the content folders hold."""
    questions = {name: _question(name, entry) for name, entry in _yaml("dialogs/questions.yaml")["questions"].items()}
    spoken = _yaml("dialogs/commands.yaml")
    commands = {Intent(name): _command(entry) for name, entry in spoken["commands"].items()}
    words = Words(**{name: tuple(map(str, entries)) for name, entries in spoken["words"].items()})
    return Lexicon(questions, _places(_yaml("knowledge/places.yaml")), commands, words)


def _yaml(path: str) -> Any:
    return YAML(typ="safe", pure=True).load((ROOT / path).read_text(encoding="utf-8"))


ATTRIBUTES: dict[str, Any] = _yaml("knowledge/attributes.yaml")["attributes"]


def _attribute(name: str) -> Attribute:
    entry = ATTRIBUTES[name]
    source = ATTRIBUTES[entry["values_of"]] if "values_of" in entry else entry
    return Attribute(
        name, AttributeType(entry["type"]), entry["label"], tuple(source.get("values", ())), source.get("labels", {})
    )


def _question(name: str, entry: Any) -> Question:
    attribute = _attribute(name)
    choices = tuple(Choice(c["value"], c["label"], tuple(map(str, c.get("words", ())))) for c in entry.get("choices", ()))
    phrases = {key: tuple(map(str, entry.get(key, ()))) for key in ("cues", "yes_words", "no_words")}
    asks_first = bool(entry.get("asks_first", False))
    return Question(
        name, ANSWER_TYPES[attribute.type], entry["prompt"], attribute, entry["why"], choices, asks_first=asks_first, **phrases
    )


def _command(entry: Any) -> CommandWords:
    together = tuple(tuple(tuple(map(str, g)) for g in groups) for groups in entry.get("together", ()))
    lists = {key: tuple(map(str, entry.get(key, ()))) for key in ("whole", "phrases", "never")}
    return CommandWords(together=together, **lists)


def _places(entry: Any) -> tuple[Place, ...]:
    places = [Place(str(name), (region,)) for region, names in entry["regions"].items() for name in names]
    places += [Place(str(name), tuple(group["regions"])) for group in entry["spanning"] for name in group["words"]]
    places += [Place(str(name), ("outside_beijing",)) for name in entry["outside"]]
    return (*places, *(Place(str(name)) for name in entry["vague"]))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()
