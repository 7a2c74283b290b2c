"""The shape of each file in dialogs/, and of knowledge/places.yaml."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.content.cells import Flag, Names, Shape, Words
from bot.dialog.acts import Notice
from bot.dialog.flows import NONE_OF_THESE, UNSURE
from bot.search.words import Shape as AnswerShape
from bot.understanding.meaning import Intent

WordList = tuple[Words, ...]


class ChoiceShape(Shape):
    """One option of a question: the value, the label shown, other words for it."""

    value: str
    label: Words
    words: Names = ()


class QuestionShape(Shape):
    """The question about one attribute.

    `asks_first` marks 是否首次 questions, where yes means the first time. `unsure` labels the last option, which leaves
    the attribute unknown (不清楚 where it is not given). `this_kind`, `other_kinds` and `vague_cues`: see Question.
    """

    prompt: Words
    why: Words
    asks_first: Flag = False
    choices: tuple[ChoiceShape, ...] = ()
    cues: Names = ()
    yes_words: Names = ()
    no_words: Names = ()
    this_kind: Names = ()
    other_kinds: Names = ()
    vague_cues: Names = ()
    unsure: str = ""


class QuestionsFile(Shape):
    """dialogs/questions.yaml: the questions by attribute."""

    questions: dict[str, QuestionShape]


class CommandShape(Shape):
    """How a command is given; see CommandWords."""

    whole: Names = ()
    phrases: Names = ()
    together: tuple[tuple[Names, ...], ...] = ()
    never: Names = ()


class CommandsFile(Shape):
    """dialogs/commands.yaml: the words of commands, and word lists of no single question."""

    commands: dict[Intent, CommandShape]
    words: dict[str, Names]


class SpanningShape(Shape):
    """Names of places that several regions share."""

    words: Names
    regions: Names


class PlacesFile(Shape):
    """knowledge/places.yaml: names by region, names that span regions, vague names, and names outside Beijing."""

    regions: dict[str, Names]
    spanning: tuple[SpanningShape, ...] = ()
    vague: Names = ()
    outside: Names = ()


def _check_topic(name: str) -> str:
    if name in (NONE_OF_THESE.value, UNSURE.value):
        raise PydanticCustomError("topic", "这个 id 已经用来表示“都没有”或“不清楚”，请换一个")
    return name


class TopicShape(Shape):
    """Something an enterprise may have done; its attributes are asked about only when it says so.

    `together` introduces one question for all its yes/no attributes.
    """

    id: Annotated[Words, AfterValidator(_check_topic)]
    label: Words
    attributes: Names
    words: Names = ()
    together: str = ""


class FlowFile(Shape):
    """dialogs/flow.yaml: the eligibility flow."""

    core: Annotated[Names, Field(min_length=1)]
    direct: Names = ()
    page_size: int = Field(5, ge=1, le=20)
    idle_hours: int = Field(24, ge=1, le=24 * 365)
    topics_prompt: Words
    more_topics_prompt: Words
    topics: tuple[TopicShape, ...]
    premises_prompt: Words
    premises: dict[str, Words]
    clear_words: Names = ()
    some_words: Names = ()


class RemarkShape(Shape):
    """Something people say beside the matter: `whole` messages, `phrases` in short ones, and the answer.

    `asked`: words of short questions. `again`: the answer from the second time on.
    """

    say: Words
    again: str = ""
    whole: Names = ()
    phrases: Names = ()
    asked: Names = ()


class SmallTalkFile(Shape):
    """dialogs/small_talk.yaml: remarks, the first that fits is answered."""

    small_talk: tuple[RemarkShape, ...]


class NoticesFile(Shape):
    """dialogs/notices.yaml: the fixed replies by name."""

    notices: dict[Notice, Words]


class SearchFile(Shape):
    """dialogs/search.yaml: the words by which a question is read; see SearchWords."""

    synonyms: dict[Words, WordList] = Field(default_factory=dict)
    typos: dict[Words, Words] = Field(default_factory=dict)
    shapes: dict[AnswerShape, WordList] = Field(default_factory=dict)
    places: dict[Words, WordList] = Field(default_factory=dict)
    fillers: WordList = ()
    topics: WordList = ()
    broad_topics: WordList = ()
    policy_words: WordList = ()
    money_words: WordList = ()
    rule_words: WordList = ()
    elsewhere: WordList = ()
    origins: WordList = ()
    off_topics: WordList = ()
    other_fields: WordList = ()
    refused: WordList = ()
    rude: WordList = ()
    instructions: WordList = ()
    small_talk: WordList = ()
