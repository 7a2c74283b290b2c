"""Editions of the shipped content, each after one edit that staff may make while people are in mid-conversation."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.content.bundle import Bundle
from bot.content.loading import load_content
from bot.dialog.state import State
from bot.responder import ContentResponder
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state, encode_state
from bot.turns import Response, Said
from tests.content.editing import (
    FLOW,
    QUESTIONS,
    Tree,
    ask_later,
    edit,
    remove_attribute,
    remove_clauses,
    remove_option,
    say_hello,
)
from tests.content.folders import copy_content
from tests.content_fixture import shipped_bundle

KEY = SessionKey("web", "c1")
NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
ATTRIBUTES = "knowledge/attributes.yaml"


def _remove_value(folder: Path) -> None:
    def change(tree: Tree) -> None:
        tier = tree["attributes"]["specialized_tier"]
        tier["values"].remove("innovative")
        del tier["labels"]["innovative"]

    remove_option(folder, "specialized_tier", "innovative")
    edit(folder, ATTRIBUTES, change)


def _swap_options(folder: Path) -> None:
    edit(folder, QUESTIONS, lambda tree: tree["questions"]["specialized_tier"]["choices"].reverse())
    edit(folder, QUESTIONS, lambda tree: tree["questions"]["region"]["choices"].reverse())


def _turn_the_question_round(folder: Path) -> None:
    def change(tree: Tree) -> None:
        question = tree["questions"]["first_listing"]
        question["prompt"] = "贵公司以前把数据资源入过表吗？"
        question["choices"] = [
            {"value": "false", "label": "入过", "words": []},
            {"value": "true", "label": "没入过", "words": []},
        ]

    edit(folder, QUESTIONS, change)


def _change_the_type(folder: Path) -> None:
    """What was a yes or no becomes a choice, and nothing depends on it any more."""
    remove_attribute(folder, "first_open")
    shape = {"type": "choice", "label": "开放次数", "values": ["once", "often"]}
    edit(folder, ATTRIBUTES, lambda tree: tree["attributes"].update(first_open=shape))


def _fewer_topics(folder: Path) -> None:
    for name in ("insurance_premium", "sandbox_first_entry", "sandbox_certificate", "sandbox_first_exit"):
        remove_attribute(folder, name)


def _add_a_premise(folder: Path) -> None:
    edit(folder, FLOW, lambda tree: tree["premises"].update(high_tech="是国家高新技术企业（示例）"))


def _small_pages(folder: Path) -> None:
    edit(folder, FLOW, lambda tree: tree.update(page_size="2"))
    remove_clauses(folder, "bda-data-industry.yaml", lambda clause: clause["title"].startswith("科技保险"))


EDITS: Mapping[str, Callable[[Path], None]] = {
    "greeting": lambda folder: say_hello(folder, "您好呀！"),
    "asked later": lambda folder: ask_later(folder, "first_registration"),
    "attribute gone": lambda folder: remove_attribute(folder, "first_registration"),
    "tier gone": lambda folder: remove_attribute(folder, "specialized_tier"),
    "option gone": lambda folder: remove_option(folder, "specialized_tier", "innovative"),
    "value gone": _remove_value,
    "options swapped": _swap_options,
    "question turned round": _turn_the_question_round,
    "type changed": _change_the_type,
    "fewer topics": _fewer_topics,
    "together shorter": lambda folder: remove_attribute(folder, "cross_border_contract"),
    "premise gone": lambda folder: remove_attribute(folder, "criminal_record"),
    "premise added": _add_a_premise,
    "clauses gone, small pages": _small_pages,
}


@cache
def edition(name: str) -> Bundle:
    """The shipped content after the edit of that name."""
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_content(Path(folder))
        EDITS[name](copied)
        return load_content(copied)


def say(bundle: Bundle, state: State, text: str, question: str | None = None) -> Response:
    """One turn on this content, with the state stored after it and read before it as a server does."""
    attributes = bundle.guide.knowledge.attributes
    stored = decode_state(KEY, encode_state(state, attributes), attributes)
    return ContentResponder(lambda: bundle, "web", retention_days=30).respond(
        stored, Said(text, NOW, is_group=False, question=question)
    )


def before(*texts: str) -> State:
    """The conversation on the shipped content, as another server reads it."""
    bundle, state = shipped_bundle(), State()
    for text in texts:
        state = say(bundle, state, text).state
    return state


def hand_over(state: State, old: Bundle, new: Bundle) -> State:
    """The state that one content stored, as another content reads it."""
    raw = encode_state(state, old.guide.knowledge.attributes)
    return decode_state(KEY, raw, new.guide.knowledge.attributes)


def after_edit(name: str, state: State, text: str) -> Response:
    return say(edition(name), hand_over(state, shipped_bundle(), edition(name)), text)


def told(response: Response) -> str:
    return "\n".join(message.text for message in response.messages)
