"""A linear classifier: which of some classes a text belongs to, and how surely.

The weights are learned from the examples in training/ (see training/README.md); here they are only added up.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.features import features_of

FEWEST_KNOWN, FEWEST_LETTERS = 4, 2
"""A text of which less is known (a digit, marks, an unknown word) is like nothing that was learned."""
_LETTER = re.compile(r"[a-z\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Classifier:
    """Classes, what speaks for each beforehand, and for each feature what it adds to which classes (by number)."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]] = field(repr=False)

    def chances(self, plain: str) -> dict[str, float]:
        """How likely each class is for a normalised text, the likeliest first, together 1; none of what is unknown."""
        features = features_of(plain)
        known = [found for feature in features if (found := self.weights.get(feature)) is not None]
        if len(known) < FEWEST_KNOWN or len(_LETTER.findall(plain)) < FEWEST_LETTERS:
            return {}
        share = 1 / math.sqrt(len(features))
        scores = list(self.bias)
        for weights in known:
            for number, weight in weights:
                scores[number] += share * weight
        highest = max(scores)
        parts = [math.exp(score - highest) for score in scores]
        whole = sum(parts)
        ranked = sorted(zip(parts, self.classes, strict=True), reverse=True)
        return {name: part / whole for part, name in ranked}

    def likeliest(self, plain: str) -> tuple[str, float]:
        """The likeliest class of a normalised text and how likely it is; no class and 0 of what is unknown."""
        return next(iter(self.chances(plain).items()), ("", 0.0))


NO_CLASSIFIER = Classifier((), (), {})
"""Has learned nothing, and has no opinion of any text."""
