"""Learn the weights of the classifiers, and print how each does on examples of its own that it has not seen.

Run: make learn, or python -m training.train [NAME …]     NAME is a file of examples in this folder without its ending.
"""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.understanding.features import features_of
from bot.understanding.text import normalize
from training.examples import Example, fingerprint, model_names, taught
from training.place_forms import PLACES, features_of_place

MODELS = Path(__file__).parent.parent / "bot" / "understanding" / "models"
STRENGTH, TOLERANCE = 60.0, 1e-3
"""How far the weights may go to fit the examples, and how near to the best ones learning ends."""
CLOSELY = {"aims": (120.0, 1e-4)}
"""The same for models that learn from few examples of their own beside many borrowed ones."""
SMALLEST = 0.25
"""A weight below this is left out: it takes place and changes nothing."""
FOLDS = 5
HUNDREDTHS = 100


def main() -> None:
    """Learn each model asked for, print how it does, and write it."""
    for name in sys.argv[1:] or model_names():
        examples = taught(name)
        print(f"== {name}: {len(examples)} examples")
        print(report(name, examples))
        (MODELS / f"{name}.json").write_text(learned(name, examples), encoding="utf-8")


def report(name: str, examples: Sequence[Example]) -> str:
    """Precision and recall of each class over the model's own examples, each judged by what the others teach."""
    matrix, _ = _matrix(name, examples)
    labels, weights = np.array([each.label for each in examples]), np.array([each.weight for each in examples])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    guessed = cross_val_predict(_learner(name), matrix, labels, cv=folds, params={"sample_weight": weights})
    own = weights == 1
    return str(classification_report(labels[own], guessed[own], digits=3, zero_division=0))


def learned(name: str, examples: Sequence[Example]) -> str:
    """The model as JSON, a feature a line: weights in hundredths."""
    matrix, columns = _matrix(name, examples)
    learner = _learner(name).fit(matrix, [each.label for each in examples], sample_weight=[e.weight for e in examples])
    rows, bias = learner.coef_, learner.intercept_
    if len(learner.classes_) == 2:  # one row stands for both classes
        rows, bias = np.vstack([-rows[0] / 2, rows[0] / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    head = {
        "examples": fingerprint(name),
        "classes": [str(label) for label in learner.classes_],
        "bias": [round(HUNDREDTHS * each) for each in bias],
    }
    weights = [f"{_json(feature)}:{_json(kept)}" for n, feature in enumerate(columns) if (kept := _kept(rows[:, n]))]
    parts = [*(f"{_json(key)}:{_json(value)}" for key, value in head.items()), '"weights":{\n' + ",\n".join(weights)]
    return "{" + ",\n".join(parts) + "\n}}\n"


def _kept(weights: Iterable[float]) -> list[list[int]]:
    return [[number, round(HUNDREDTHS * weight)] for number, weight in enumerate(weights) if abs(weight) >= SMALLEST]


def _learner(name: str) -> LogisticRegression:
    strength, tolerance = CLOSELY.get(name, (STRENGTH, TOLERANCE))
    return LogisticRegression(C=strength, tol=tolerance, max_iter=500)


def _matrix(name: str, examples: Iterable[Example]) -> tuple[csr_matrix, list[str]]:
    """A row for each example, a column for each feature that two examples have at least."""
    features = features_of_place if name == PLACES else features_of_text
    found = [sorted(features(example.text)) for example in examples]
    counts: dict[str, int] = {}
    for feature in (feature for features in found for feature in features):
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


def features_of_text(text: str) -> frozenset[str]:
    """The features of a whole text."""
    return features_of(normalize(text))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
