"""The kinds of files that staff write: where they lie, which shape reads them, and what they are for."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from bot.cases.shapes import CaseShape, ConversationShape
from bot.content.dialog_schemas import (
    CommandsFile,
    FlowFile,
    NoticesFile,
    PlacesFile,
    QuestionsFile,
    SearchFile,
    SmallTalkFile,
)
from bot.content.schemas import AttributesFile, ClausesFile, ContactsFile, DocumentsFile, TermsFile
from bot.policy.attributes import Attribute
from bot.policy.clauses import Knowledge


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file; `is_list`: it holds a list of what the shape reads."""

    name: str
    pattern: str
    title: str
    shape: type[BaseModel]
    is_list: bool = False


KINDS = (
    FileKind("attributes", "knowledge/attributes.yaml", "企业情况有哪些属性", AttributesFile),
    FileKind("contacts", "knowledge/contacts.yaml", "找谁办：部门和热线", ContactsFile),
    FileKind("documents", "knowledge/documents.yaml", "政策文件，和钱怎么合起来算", DocumentsFile),
    FileKind("clauses", "knowledge/clauses/*.yaml", "条款：能申领什么、方向和规则", ClausesFile),
    FileKind("terms", "knowledge/terms.yaml", "名词解释", TermsFile),
    FileKind("places", "knowledge/places.yaml", "地名属于哪个区", PlacesFile),
    FileKind("flow", "dialogs/flow.yaml", "先问什么、后问什么", FlowFile),
    FileKind("questions", "dialogs/questions.yaml", "每个属性怎么问", QuestionsFile),
    FileKind("commands", "dialogs/commands.yaml", "指令的说法和各种词表", CommandsFile),
    FileKind("search", "dialogs/search.yaml", "自由提问怎么理解", SearchFile),
    FileKind("small_talk", "dialogs/small_talk.yaml", "闲话的答复", SmallTalkFile),
    FileKind("notices", "dialogs/notices.yaml", "固定的短答复", NoticesFile),
    FileKind("cases", "tests/cases/*.yaml", "例子：什么情况应当得出什么", CaseShape, is_list=True),
    FileKind("conversations", "tests/conversations/*.yaml", "对话：说什么，看到什么", ConversationShape, is_list=True),
)


@dataclass(frozen=True, slots=True)
class ContentNames:
    """The names that stand in the content: attributes, and the contacts and documents with what they are called."""

    attributes: Mapping[str, Attribute]
    contacts: Mapping[str, str]
    documents: Mapping[str, str]


def names_of(knowledge: Knowledge) -> ContentNames:
    """The names of the content in use."""
    contacts = {contact.id: contact.name for contact in knowledge.contacts.values()}
    documents = {document.id: document.short_title for document in knowledge.documents.values()}
    return ContentNames(knowledge.attributes, contacts, documents)
