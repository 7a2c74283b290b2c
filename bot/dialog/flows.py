"""The flow that staff set: which questions come first, which belong to a topic, what is asked once together."""

from dataclasses import dataclass

from bot.policy.clauses import Clause, Knowledge
from bot.search.index import SearchIndex
from bot.search.words import SearchWords
from bot.understanding.lexicon import Lexicon
from bot.understanding.questions import Choice, Question


@dataclass(frozen=True, slots=True)
class Topic:
    """Something an enterprise may have done or plan; its questions are asked only when it says so."""

    id: str
    label: str
    attributes: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The eligibility flow.

    `core` attributes are asked first, in this order; `direct` ones whenever they decide something. `topics_prompt`,
    `more_topics_prompt` and `premises_prompt` introduce the joint questions. `page_size` is the number of policies on a
    page of the result; after `idle_hours` the bot says where the conversation stood.
    """

    core: tuple[str, ...]
    direct: tuple[str, ...]
    topics_prompt: str
    more_topics_prompt: str
    topics: tuple[Topic, ...]
    premises_prompt: str
    premises: tuple[str, ...]
    page_size: int = 5
    idle_hours: int = 24

    def topic_of(self, attribute: str) -> Topic | None:
        """The first topic that the attribute belongs to."""
        return next((topic for topic in self.topics if attribute in topic.attributes), None)


@dataclass(frozen=True, slots=True)
class Guide:
    """All the content that one turn needs: of one version, never a mixture."""

    knowledge: Knowledge
    lexicon: Lexicon
    flow: Flow
    index: SearchIndex
    search_words: SearchWords

    @property
    def claimable(self) -> tuple[Clause, ...]:
        """The clauses for which an enterprise can apply: directions and rules decide nothing."""
        return tuple(clause for clause in self.knowledge.clauses if clause.is_claimable)

    def question(self, attribute: str) -> Question:
        """The question about an attribute."""
        return self.lexicon.questions[attribute]


NONE_OF_THESE = Choice("none", "都没有", ("没有", "都没", "一个都没有", "无"))
"""The last option of the question about topics."""
UNSURE = Choice("unknown", "不清楚", ("不知道", "说不上来"))
"""The last option of a question with options."""
ALL_CLEAR = Choice("clear", "都没有", ("没有", "从来没有", "一项都没有"))
SOME_OF_THEM = Choice("some", "有其中一项", ("有", "有过"))
"""The options of the question about the premises."""


def topic_choices(topics: tuple[Topic, ...]) -> tuple[Choice, ...]:
    """The options of the question about topics, in the order shown."""
    return (*(Choice(topic.id, topic.label, topic.words) for topic in topics), NONE_OF_THESE)
