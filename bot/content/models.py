"""The classifiers that come with the program, as they were learned from training/."""

import json
from functools import cache
from importlib.resources import files
from sys import intern

from bot.understanding.classifier import Classifier, packed


@cache
def read_classifier(name: str) -> Classifier:
    """The classifier of this name; it is read once, and only ever read."""
    text = files("bot.understanding").joinpath("models", f"{name}.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    shared: dict[int, int] = {}  # one object for each number, and one string for the features of several models
    weights = {
        intern(feature): tuple([shared.setdefault(pair, pair) for pair in (packed(*each) for each in several)])
        for feature, several in raw["weights"].items()
    }
    return Classifier(tuple(raw["classes"]), tuple(raw["bias"]), weights)
