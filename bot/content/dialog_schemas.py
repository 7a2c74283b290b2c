"""The shape of each file in dialogs/, and of knowledge/places.yaml."""

from pydantic import Field

from bot.content.cells import Flag, Names, Shape
from bot.dialog.acts import Notice
from bot.understanding.meaning import Intent


class ChoiceShape(Shape):
    """One option of a question: the value, the label shown, other words for it."""

    value: str
    label: str
    words: Names = ()


class QuestionShape(Shape):
    """The question about one attribute.

    `asks_first` marks 是否首次 questions, where yes means the first time. `unsure` labels the last option, which leaves
    the attribute unknown (不清楚 where it is not given).
    """

    prompt: str
    why: str
    asks_first: Flag = False
    choices: tuple[ChoiceShape, ...] = ()
    cues: Names = ()
    yes_words: Names = ()
    no_words: Names = ()
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


class TopicShape(Shape):
    """Something an enterprise may have done; its attributes are asked about only when it says so."""

    id: str
    label: str
    attributes: Names
    words: Names = ()


class FlowFile(Shape):
    """dialogs/flow.yaml: the eligibility flow."""

    core: Names
    direct: Names = ()
    page_size: int = Field(5, ge=1)
    idle_hours: int = Field(24, ge=1)
    topics_prompt: str
    more_topics_prompt: str
    topics: tuple[TopicShape, ...]
    premises_prompt: str
    premises: dict[str, str]
    clear_words: Names = ()
    some_words: Names = ()


class RemarkShape(Shape):
    """Something people say beside the matter: `whole` messages or `phrases` in short ones, and the answer."""

    say: str
    whole: Names = ()
    phrases: Names = ()


class SmallTalkFile(Shape):
    """dialogs/small_talk.yaml: remarks, the first that fits is answered."""

    small_talk: tuple[RemarkShape, ...]


class NoticesFile(Shape):
    """dialogs/notices.yaml: the fixed replies by name."""

    notices: dict[Notice, str]
