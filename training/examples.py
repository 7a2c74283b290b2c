"""The examples that each classifier learns from: its own, the plainest forms, and what others know to be none of it."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from bot.understanding.features import HEARD, WRITTEN
from training.aim_forms import AIMS, FORMED, aim_forms
from training.place_forms import JOINED, PLACES, joined_forms, plain_places
from training.plain_forms import plain_forms

HERE = Path(__file__).parent
SEVERAL = "+"
"""Between the classes of an example that belongs to several."""
NO_ANSWER = {
    "scope": {"in": "unclear", "out": "unclear"},
    "trades": dict.fromkeys(("ai", "software", "manufacturing", "other", "finance"), "unclear"),
    "intents": {"skip": "unknown"} | dict.fromkeys(("restart", "help", "human", "results", "greet"), "unclear"),
}
BORROWED_AS = {
    "intents": {
        "firsts": {"not_before": "none", "before": "none", "unclear": "none", "unknown": "skip"},
        "claims": {"yes": "none", "no": "none", "unclear": "none", "unknown": "skip"},
        "scope": {"in": "none", "out": "none"},
        "trades": dict.fromkeys(("ai", "software", "robotics", "medical", "manufacturing", "other"), "none"),
    },
    "firsts": NO_ANSWER,
    "claims": NO_ANSWER,
    "trades": {
        "scope": {"in": "ask", "out": "ask"},
        "firsts": {"not_before": "ask", "before": "ask"},
        "claims": {"yes": "ask", "no": "ask", "unknown": "unknown"},
        "intents": {"skip": "unknown", "help": "ask", "back": "ask", "bye": "ask"},
    },
    "aims": {
        "scope": {"in": "asked", "out": "asked"},
        "firsts": dict.fromkeys(("not_before", "before", "unknown"), "told"),
        "claims": dict.fromkeys(("yes", "no", "unknown"), "told"),
        "standings": dict.fromkeys(("held", "applied", "lost", "never", "unknown"), "told"),
        "trades": dict.fromkeys(
            ("ai", "software", "robotics", "medical", "manufacturing", "data_services", "finance", "other"), "told"
        ),
        "intents": {"change_answer": "told", "skip": "told", "restart": "told", "results": "told", "back": "told"}
        | dict.fromkeys(("show_profile", "delete_data", "human", "thanks", "bye", "greet"), "told"),
    },
    "applying": {
        "deferrals": {"unknown": "other", "told": "other"},
        "scope": {"in": "other"},
        "firsts": dict.fromkeys(("not_before", "before", "unclear", "unknown"), "other"),
        "claims": dict.fromkeys(("yes", "no", "unclear", "unknown"), "other"),
        "standings": dict.fromkeys(("held", "applied", "lost", "never", "unknown"), "other"),
    },
    "deferrals": {
        "firsts": {"unknown": "unknown", "not_before": "told", "before": "told"},
        "claims": {"unknown": "unknown", "yes": "told", "no": "told"},
        "standings": {"unknown": "unknown", "held": "told", "never": "told", "lost": "told"},
        "trades": {"unknown": "unknown"}
        | dict.fromkeys(("ai", "software", "manufacturing", "other", "finance"), "told"),
        "intents": {"skip": "unknown", "change_answer": "told"},
    },
}
"""What examples of other models are for one: an answer is no command, a question or a command is no answer."""
REMARKS = {"firsts": "unclear", "claims": "unclear", "standings": "unclear", "trades": "ask"} | dict.fromkeys(
    ("deferrals", "aims"), "told"
)
"""What the remarks in remarks.txt are to each: no answer."""
OF_YES_OR_NO = ("firsts", "claims")
BORROWED = {
    "intents": 0.12,
    "firsts": 0.08,
    "claims": 0.08,
    "trades": 0.08,
    "deferrals": 0.4,
    "aims": 0.12,
    "applying": 0.02,
}
"""How much one of them counts: there are many, and they must not make everything look like none of the classes."""
BORROWED_WHOLE = {("aims", "scope"): 0.7, ("applying", "deferrals"): 0.5}
"""How much an example counts that is borrowed for what it is: a question is one whether or not it can be answered."""


class Example(NamedTuple):
    """A text, the class that it belongs to, and how much it counts."""

    label: str
    text: str
    weight: float = 1.0


def model_names() -> list[str]:
    """The classifiers that there are examples for."""
    return sorted(path.stem for path in HERE.glob("*.tsv"))


def read_examples(name: str) -> list[Example]:
    """The examples of a model: a line each, `class<TAB>text`, or `class+class<TAB>text`; # begins a remark."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [Example(label, text) for label, text in parts]


def read_remarks(name: str) -> list[str]:
    """What people say beside the matter, a line each; beside a yes or no also what they tell of something else."""
    files = ("remarks.txt", "elsewhere.txt") if name in OF_YES_OR_NO else ("remarks.txt",)
    lines = [line for file in files for line in (HERE / file).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.strip() and not line.startswith("#")]


def taught(name: str) -> list[Example]:
    """All that a model learns from."""
    own = [one for example in read_examples(name) for one in _parted(example)]
    own += [Example(label, text) for label, text in plain_forms(name)]
    own += [Example(REMARKS[name], text) for text in read_remarks(name) if name in REMARKS]
    known: set[str] = {example.text for example in own}
    if name == PLACES:
        forms = (*plain_places(), *joined_forms(read_examples(name)))
        own += [Example(label, text, JOINED) for label, text in forms if text not in known]
    if name == AIMS:
        own += [Example(label, text, FORMED) for label, text in aim_forms() if text not in known]
    borrowed: dict[str, Example] = {}
    for other, labels in BORROWED_AS.get(name, {}).items():
        weight = BORROWED_WHOLE.get((name, other), BORROWED[name])
        borrowed |= {
            text: Example(labels[label], text, weight) for label, text, _ in read_examples(other) if label in labels
        }
    return own + [example for text, example in borrowed.items() if text not in known]


def fingerprint(name: str) -> str:
    """What all that a model learns from is known by; a model says of which it was made."""
    lines = [f"{label}\t{text}\t{weight:.4f}" for label, text, weight in taught(name)]
    return hashlib.sha256("\n".join([f"{WRITTEN}{HEARD}", *lines]).encode()).hexdigest()[:16]


def _parted(example: Example) -> list[Example]:
    """An example of several classes as one of each, which together count as much as one."""
    labels = example.label.split(SEVERAL)
    return [Example(label, example.text, 1 / len(labels)) for label in labels]
