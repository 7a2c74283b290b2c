"""dialogs/ read and linked to the attributes: questions, commands, places, flow, notices and search words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from bot.content.dialog_schemas import (
    CommandsFile,
    CommandShape,
    FlowFile,
    NoticesFile,
    PlacesFile,
    QuestionsFile,
    QuestionShape,
    SearchFile,
    SmallTalkFile,
)
from bot.content.knowledge_loading import KnowledgeReader
from bot.content.models import read_classifier
from bot.content.names import did_you_mean, lookup
from bot.content.yaml_source import TreePath, YamlSource
from bot.dialog.acts import Notice
from bot.dialog.flows import ALL_CLEAR, SOME_OF_THEM, Flow, Remark, Topic
from bot.policy.attributes import Attribute, AttributeType
from bot.search.words import SearchWords, parse_search_words
from bot.understanding.command_words import CommandWords
from bot.understanding.lexicon import Lexicon, Place, Words
from bot.understanding.meaning import Intent
from bot.understanding.places import OUTSIDE
from bot.understanding.questions import AnswerType, Choice, Question

ANSWER_TYPES = {
    AttributeType.CHOICE: AnswerType.CHOICE,
    AttributeType.ORDERED: AnswerType.ORDERED,
    AttributeType.SET: AnswerType.SET,
    AttributeType.BOOL: AnswerType.YES_NO,
    AttributeType.YUAN: AnswerType.AMOUNT,
    AttributeType.INT: AnswerType.COUNT,
    AttributeType.DATE: AnswerType.DATE,
}
CLASSIFIERS = ("intents", "firsts", "claims", "standings", "trades", "deferrals", "aims", "applying")
PREMISE_TYPES = frozenset({AttributeType.BOOL, AttributeType.DATE})


@dataclass(slots=True)
class DialogReader:
    """Reads dialogs/ with the attributes that a KnowledgeReader has read; problems go to its sources."""

    knowledge: KnowledgeReader

    def read_lexicon(self) -> Lexicon:
        """Questions, places, commands and word lists."""
        commands, words = self._commands()
        classifiers = {name: read_classifier(name) for name in CLASSIFIERS}
        classifiers["place_roles"] = read_classifier("places")
        return Lexicon(self._questions(), self._places(), commands, words, **classifiers)

    def read_flow(self) -> Flow:
        """The eligibility flow."""
        source, file = self.knowledge.open("dialogs/flow.yaml", FlowFile)
        if file is None:
            return Flow((), (), "", "", (), "", {})
        for key, names in (("core", file.core), ("direct", file.direct)):
            for index, name in enumerate(names):
                self._attribute(source, name, (key, index))
        for name in file.premises:
            attribute = self._attribute(source, name, ("premises", name))
            if attribute is not None and attribute.type not in PREMISE_TYPES:
                source.report(("premises", name), f"{name} 不能作前提", "前提要是是否类或日期类的属性")
        topics = []
        for index, shape in enumerate(file.topics):
            for place, name in enumerate(shape.attributes):
                self._attribute(source, name, ("topics", index, "attributes", place))
            topics.append(Topic(shape.id, shape.label, tuple(shape.attributes), tuple(shape.words), shape.together))
        return Flow(
            tuple(file.core),
            tuple(file.direct),
            file.topics_prompt,
            file.more_topics_prompt,
            tuple(topics),
            file.premises_prompt,
            file.premises,
            (
                Choice(ALL_CLEAR, "都没有", file.clear_words),
                Choice(SOME_OF_THEM, "有其中一样", file.some_words),
            ),
            file.page_size,
            file.idle_hours,
        )

    def read_notices(self) -> Mapping[Notice, str]:
        """The fixed replies; a missing one is reported."""
        source, file = self.knowledge.open("dialogs/notices.yaml", NoticesFile)
        notices = dict(file.notices) if file else {}
        for notice in Notice:
            if file is not None and notice not in notices:
                source.report(("notices",), f"缺少 {notice.value}")
        return notices

    def read_small_talk(self) -> tuple[Remark, ...]:
        """What to answer to remarks beside the matter."""
        _, file = self.knowledge.open("dialogs/small_talk.yaml", SmallTalkFile)
        remarks = file.small_talk if file else ()
        return tuple(Remark(shape.say, shape.whole, shape.phrases, shape.asked, shape.again) for shape in remarks)

    def read_search_words(self) -> SearchWords:
        """The word lists of the search."""
        source, file = self.knowledge.open("dialogs/search.yaml", SearchFile)
        return parse_search_words(source.tree) if file and isinstance(source.tree, dict) else SearchWords()

    def _attribute(self, source: YamlSource, name: str, path: TreePath) -> Attribute | None:
        return lookup(source, self.knowledge.attributes, name, path, "属性")

    def _questions(self) -> Mapping[str, Question]:
        source, file = self.knowledge.open("dialogs/questions.yaml", QuestionsFile)
        questions = {}
        for name, shape in (file.questions if file else {}).items():
            attribute = self._attribute(source, name, ("questions", name))
            if attribute is not None:
                self._check_choices(source, attribute, shape)
                questions[name] = _question(attribute, shape)
        return questions

    def _check_choices(self, source: YamlSource, attribute: Attribute, shape: QuestionShape) -> None:
        if shape.choices and attribute.type is AttributeType.DATE:
            what = f"{attribute.name} 是日期，不能有选项"
            source.report(("questions", attribute.name, "choices"), what, "删掉 choices，日期由用户自己写")
            return
        allowed = ("true", "false") if attribute.type is AttributeType.BOOL else attribute.values
        for index, choice in enumerate(shape.choices):
            if allowed and choice.value not in allowed:
                path = ("questions", attribute.name, "choices", index, "value")
                hint = did_you_mean(choice.value, allowed) or f"可用的值：{'、'.join(allowed)}"
                source.report(path, f"{attribute.name} 没有「{choice.value}」这个值", hint)

    def _places(self) -> tuple[Place, ...]:
        source, file = self.knowledge.open("knowledge/places.yaml", PlacesFile)
        region = self.knowledge.attributes.get("region")
        if file is None or region is None:
            return ()
        places = []
        for name, words in file.regions.items():
            _check_region(source, region, name, ("regions", name))
            places += [Place(word, (name,)) for word in words]
        for index, shape in enumerate(file.spanning):
            for place, name in enumerate(shape.regions):
                _check_region(source, region, name, ("spanning", index, "regions", place))
            places += [Place(word, tuple(shape.regions)) for word in shape.words]
        places += [Place(word) for word in file.vague]
        return (*places, *(Place(word, (OUTSIDE,)) for word in file.outside))

    def _commands(self) -> tuple[Mapping[Intent, CommandWords], Words]:
        source, file = self.knowledge.open("dialogs/commands.yaml", CommandsFile)
        names = {each.name for each in fields(Words)}
        if file is None:
            return {}, Words(**dict.fromkeys(names, ()))
        for name in sorted(file.words.keys() - names):
            source.report(("words", name), "不认识的词表", did_you_mean(name, names))
        for name in sorted(names - file.words.keys()):
            source.report(("words",), f"缺少词表 {name}")
        commands = {intent: _command_words(shape) for intent, shape in file.commands.items()}
        return commands, Words(**{name: tuple(file.words.get(name, ())) for name in names})


def _check_region(source: YamlSource, region: Attribute, name: str, path: TreePath) -> None:
    if name not in region.values:
        source.report(path, f"注册地没有「{name}」这个值", did_you_mean(name, region.values))


def _command_words(shape: CommandShape) -> CommandWords:
    return CommandWords(
        tuple(shape.whole),
        tuple(shape.phrases),
        tuple(tuple(tuple(group) for group in groups) for groups in shape.together),
        tuple(shape.never),
    )


def _question(attribute: Attribute, shape: QuestionShape) -> Question:
    return Question(
        id=attribute.name,
        type=ANSWER_TYPES[attribute.type],
        prompt=shape.prompt,
        attribute=attribute,
        why=shape.why,
        choices=tuple(Choice(c.value, c.label, tuple(c.words)) for c in shape.choices),
        cues=tuple(shape.cues),
        yes_words=tuple(shape.yes_words),
        no_words=tuple(shape.no_words),
        this_kind=tuple(shape.this_kind),
        other_kinds=tuple(shape.other_kinds),
        vague_cues=tuple(shape.vague_cues),
        asks_first=shape.asks_first,
        unsure=shape.unsure,
    )
