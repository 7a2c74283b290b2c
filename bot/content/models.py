"""The classifiers that come with the program, as they were learned from training/."""

import json
from functools import cache
from importlib.resources import files

from bot.understanding.classifier import Classifier

HUNDREDTHS = 100


@cache
def read_classifier(name: str) -> Classifier:
    """The classifier of this name; it is read once, and only ever read."""
    text = files("bot.understanding").joinpath("models", f"{name}.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    weights = {
        feature: tuple([(number, weight / HUNDREDTHS) for number, weight in each])
        for feature, each in raw["weights"].items()
    }
    return Classifier(tuple(raw["classes"]), tuple(bias / HUNDREDTHS for bias in raw["bias"]), weights)
