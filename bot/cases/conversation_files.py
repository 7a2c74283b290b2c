"""Conversations as staff write them; mistakes are reported, all at once."""

from dataclasses import dataclass
from datetime import date

from bot.batch.replaying import CHANNELS
from bot.cases.case_files import check_waits_for
from bot.cases.files import Place, place_in
from bot.cases.given import read_given
from bot.cases.shapes import ConversationShape
from bot.content.names import did_you_mean, lookup
from bot.content.shapes import read_shape
from bot.content.yaml_source import Tree, TreePath, YamlSource
from bot.dialog.flows import Guide
from bot.policy.attributes import Profile

DEFAULT_DAY = date(2026, 7, 15)
"""The day of a conversation that names none, so that it goes the same way in every year."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that an answer must show, or must not, and where it is written."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What the user says, what is to be seen, or not, in the answer, and what from a group in the single chat."""

    say: str
    shows: tuple[Phrase, ...]
    hides: tuple[Phrase, ...]
    privately: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns, and what must be known at the end; `waits_for` is None when nothing is said of the question then open."""

    place: Place
    name: str
    on: date
    channel: str
    turns: tuple[Turn, ...]
    knows: Profile
    knows_not: tuple[str, ...]
    waits_for: str | None

    def __str__(self) -> str:
        return f"{self.place.file}: {self.name}"


def read_conversations(source: YamlSource, guide: Guide) -> tuple[Conversation, ...]:
    """The conversations of one file that can be read; whatever is wrong with it goes to the source."""
    if not isinstance(source.tree, list):
        return ()
    read = (_read(source, tree, (index,), guide) for index, tree in enumerate(source.tree))
    return tuple(conversation for conversation in read if conversation is not None)


def _read(source: YamlSource, tree: Tree, path: TreePath, guide: Guide) -> Conversation | None:
    before = len(source.problems)
    shape = read_shape(source, ConversationShape, tree, path)
    written = tree if isinstance(tree, dict) else {}
    attributes = guide.knowledge.attributes
    knows = read_given(source, written.get("knows"), (*path, "knows"), attributes)
    if shape is None:
        return None
    for index, name in enumerate(shape.knows_not):
        lookup(source, attributes, name, (*path, "knows_not", index), "属性")
    _check_names(source, shape, path, guide)
    if len(source.problems) > before:
        return None
    return Conversation(
        place=place_in(source, path),
        name=shape.name,
        on=shape.on or DEFAULT_DAY,
        channel=shape.channel,
        turns=_turns(source, shape, path),
        knows=knows,
        knows_not=tuple(shape.knows_not),
        waits_for=shape.waits_for,
    )


def _check_names(source: YamlSource, shape: ConversationShape, path: TreePath, guide: Guide) -> None:
    if not shape.turns:
        source.report((*path, "turns"), "不能是空的", "每一句写成「- say: 用户说的话」")
    if shape.waits_for is not None:
        check_waits_for(source, shape.waits_for, (*path, "waits_for"), guide)
    if shape.channel not in CHANNELS:
        hint = did_you_mean(shape.channel, CHANNELS) or f"应为以下之一：{'、'.join(CHANNELS)}"
        source.report((*path, "channel"), f"没有渠道 {shape.channel}", hint)


def _turns(source: YamlSource, shape: ConversationShape, path: TreePath) -> tuple[Turn, ...]:
    def phrases(texts: tuple[str, ...], where: TreePath) -> tuple[Phrase, ...]:
        return tuple(Phrase(place_in(source, (*where, index)), text) for index, text in enumerate(texts))

    found = []
    for index, turn in enumerate(shape.turns):
        here = (*path, "turns", index)
        keys = {"shows": turn.shows, "hides": turn.hides, "privately": turn.privately}
        found.append(Turn(turn.say, **{key: phrases(texts, (*here, key)) for key, texts in keys.items()}))
    return tuple(found)
