"""The classifiers that come with the program are those that the examples give."""

import json
from importlib.resources import files

import pytest

from bot.content.models import read_classifier
from bot.understanding.meaning import Intent
from training.examples import fingerprint, model_names, read_examples, taught
from training.place_forms import PLACES, THIS
from training.plain_forms import plain_forms

CLASSES = {
    "intents": {str(intent) for intent in Intent},
    "firsts": {"before", "not_before", "unclear", "unknown"},
    "claims": {"yes", "no", "unclear", "unknown"},
    "deferrals": {"unknown", "told"},
    "aims": {"asked", "told"},
    "standings": {"held", "applied", "lost", "never", "unknown", "unclear"},
    "scope": {"in", "out"},
    "places": {"registered", "works", "left", "to_come", "others", "denied", "unclear"},
}


@pytest.mark.parametrize("name", model_names())
def test_a_model_is_learned_from_the_examples_as_they_stand(name: str) -> None:
    raw = json.loads(files("bot.understanding").joinpath("models", f"{name}.json").read_text(encoding="utf-8"))

    assert raw["examples"] == fingerprint(name), "run: make learn"
    assert set(raw["classes"]) == {example.label for example in taught(name)}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_examples_are_of_known_classes(name: str) -> None:
    assert {example.label for example in read_examples(name)} <= CLASSES[name]


@pytest.mark.parametrize("name", model_names())
def test_no_text_stands_twice(name: str) -> None:
    texts = [example.text.casefold() for example in read_examples(name)]

    assert len(texts) == len(set(texts))


def test_an_example_of_a_place_marks_one() -> None:
    assert all(text.count(THIS) == 1 for _, text, _ in read_examples(PLACES))


@pytest.mark.parametrize("name", ["firsts", "claims"])
def test_the_plainest_forms_are_understood(name: str) -> None:
    forms = list(plain_forms(name))
    classifier = read_classifier(name)

    known = [(label, likeliest) for label, text in forms if (likeliest := classifier.likeliest(text)[0])]
    right = sum(label == likeliest for label, likeliest in known)

    assert right >= 0.97 * len(known)
    assert len(known) >= 0.9 * len(forms)
