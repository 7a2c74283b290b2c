"""Learn the weights of a classifier from its examples, and print how it does on examples that it has not seen.

Run: python -m training.train [NAME …]     NAME is a file of examples in this folder without its ending; all without.
"""

import hashlib
import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.understanding.features import features_of
from bot.understanding.text import normalize
from training.plain_forms import plain_forms

HERE = Path(__file__).parent
MODELS = HERE.parent / "bot" / "understanding" / "models"
STRENGTH = 60.0
"""How far the weights may go to fit the examples; chosen by cross-validation, 30 to 120 do alike."""
SMALLEST = 0.15
"""A weight below this is left out: it takes place and changes nothing."""
FOLDS = 5
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
        "scope": {"in": "none"},
    },
    "firsts": NO_ANSWER,
    "claims": NO_ANSWER,
    "trades": {
        "scope": {"in": "ask", "out": "ask"},
        "firsts": {"not_before": "ask", "before": "ask"},
        "claims": {"yes": "ask", "no": "ask", "unknown": "unknown"},
        "intents": {"skip": "unknown", "help": "ask", "back": "ask", "bye": "ask"},
    },
}
"""What examples of other models are for one: an answer is no command, a question or a command is no answer."""
BORROWED = {"intents": 0.3, "firsts": 0.08, "claims": 0.08, "trades": 0.08}
"""How much one of them counts: there are many, and they must not make everything look like none of the classes."""


class Example(NamedTuple):
    """A text, the class that it belongs to, and how much it counts."""

    label: str
    text: str
    weight: float = 1.0


def main() -> None:
    """Train and report each model asked for."""
    for name in sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.tsv")):
        examples = _taught(name)
        print(f"== {name}: {len(examples)} examples")
        print(_report(examples))
        (MODELS / f"{name}.json").write_text(_learned(name, examples), encoding="utf-8")


def read_examples(name: str) -> list[Example]:
    """The examples of a model: a line each, `class<TAB>text`, or `class+class<TAB>text`; # begins a remark."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [Example(label, text) for label, text in parts]


def _taught(name: str) -> list[Example]:
    """The examples that a model learns from: its own, the plainest forms, and what others know to be none of it."""
    own = [one for example in read_examples(name) for one in _parted(example)]
    own += [Example(label, text) for label, text in plain_forms(name)]
    known: set[str] = {example.text for example in own}
    borrowed: dict[str, str] = {}
    for other, labels in BORROWED_AS.get(name, {}).items():
        borrowed |= {text: labels[label] for label, text, _ in read_examples(other) if label in labels}
    return own + [Example(label, text, BORROWED[name]) for text, label in borrowed.items() if text not in known]


def _parted(example: Example) -> list[Example]:
    """An example of several classes as one of each, which together count as much as one."""
    labels = example.label.split(SEVERAL)
    return [Example(label, example.text, 1 / len(labels)) for label in labels]


def fingerprint(name: str) -> str:
    """What the examples are known by; a model says which it was learned from."""
    return hashlib.sha256((HERE / f"{name}.tsv").read_bytes()).hexdigest()[:16]


def _report(examples: Sequence[Example]) -> str:
    matrix, _ = _matrix(examples)
    labels = np.array([example.label for example in examples])
    guessed = cross_val_predict(_learner(), matrix, labels, cv=StratifiedKFold(FOLDS, shuffle=True, random_state=7))
    return str(classification_report(labels, guessed, digits=3, zero_division=0))


def _learner() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, tol=1e-3, max_iter=500)


def _matrix(examples: Iterable[Example]) -> tuple[csr_matrix, list[str]]:
    """A row for each example, a column for each feature that two examples have at least."""
    found = [sorted(features_of(normalize(example.text))) for example in examples]
    counts: dict[str, int] = {}
    for features in found:
        for feature in features:
            counts[feature] = counts.get(feature, 0) + 1
    columns = {feature: number for number, feature in enumerate(sorted(f for f, n in counts.items() if n > 1))}
    cells = [
        (row, columns[feature], 1 / math.sqrt(len(features)))
        for row, features in enumerate(found)
        for feature in features
        if feature in columns
    ]
    rows, places, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, places)), shape=(len(found), len(columns))), list(columns)


def _learned(name: str, examples: Sequence[Example]) -> str:
    """The model as JSON: weights in hundredths."""
    matrix, columns = _matrix(examples)
    learner = _learner().fit(
        matrix, [example.label for example in examples], sample_weight=[example.weight for example in examples]
    )
    rows, bias = learner.coef_, learner.intercept_
    if len(learner.classes_) == 2:
        rows, bias = np.vstack([-rows[0] / 2, rows[0] / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    weights = {}
    for column, feature in enumerate(columns):
        kept = [[n, round(100 * w)] for n, w in enumerate(rows[:, column]) if abs(w) >= SMALLEST]
        if kept:
            weights[feature] = kept
    head = {
        "examples": fingerprint(name),
        "classes": [str(label) for label in learner.classes_],
        "bias": [round(100 * b) for b in bias],
    }
    lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    rows = ",\n".join(f"{_json(feature)}:{_json(kept)}" for feature, kept in weights.items())
    return "{" + ",\n".join([*lines, '"weights": {\n' + rows]) + "\n}}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
