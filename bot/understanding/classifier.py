"""A linear classifier: which of some classes a text belongs to, and how surely.

The weights are learned from the examples in training/ (see training/README.md); here they are only added up.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.features import features_of


@dataclass(frozen=True, slots=True)
class Classifier:
    """Classes, what speaks for each beforehand, and for each feature what it adds to which classes (by number)."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]]

    def chances(self, plain: str) -> dict[str, float]:
        """How likely each class is for a normalised text, the likeliest first; together 1."""
        features = features_of(plain)
        share = 1 / math.sqrt(len(features))
        scores = list(self.bias)
        for feature in features:
            for number, weight in self.weights.get(feature, ()):
                scores[number] += share * weight
        highest = max(scores)
        parts = [math.exp(score - highest) for score in scores]
        whole = sum(parts)
        ranked = sorted(zip(parts, self.classes, strict=True), reverse=True)
        return {name: part / whole for part, name in ranked}


NO_CLASSIFIER = Classifier(("none",), (0.0,), {})
"""Knows of one class only, and so takes everything for it."""
