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


HUNDREDTHS = 100
_BITS, _HALF = 12, 2_048
"""A weight in hundredths with the number of its class is one small number: there are some hundred thousand of them."""


def packed(number: int, weight: int) -> int:
    """What a feature adds to the class of this number, in hundredths, as one number."""
    return number << _BITS | min(max(weight, -_HALF), _HALF - 1) + _HALF


@dataclass(frozen=True, slots=True)
class Classifier:
    """Classes, what speaks for each beforehand (in hundredths), and for each feature what it adds to them, packed."""

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, Sequence[int]] = field(repr=False)

    def chances(self, plain: str) -> dict[str, float]:
        """How likely each class is for a normalised text, the likeliest first, together 1; none of what is unknown."""
        return self.weighed(features_of(plain)) if len(_LETTER.findall(plain)) >= FEWEST_LETTERS else {}

    def weighed(self, features: frozenset[str]) -> dict[str, float]:
        """How likely each class is by the features of something, the likeliest first; none where few are known."""
        known = [found for feature in features if (found := self.weights.get(feature)) is not None]
        if len(known) < FEWEST_KNOWN:
            return {}
        sums = [0] * len(self.classes)
        for weights in known:
            for weight in weights:
                sums[weight >> _BITS] += (weight & _HALF * 2 - 1) - _HALF
        share = 1 / math.sqrt(len(features))
        scores = [(bias + share * each) / HUNDREDTHS for bias, each in zip(self.bias, sums, strict=True)]
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
