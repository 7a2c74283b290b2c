"""The dialog with the shipped content, as a turn calls it."""

import pytest

from bot.dialog.state import State
from bot.messages import Form
from bot.responder import ContentResponder
from bot.turns import Response, Said
from tests.content_fixture import shipped_bundle
from tests.fakes import NOW


def respond(state: State, text: str, question: str | None = None) -> Response:
    responder = ContentResponder(shipped_bundle, "web", retention_days=30)
    return responder.respond(state, Said(text, NOW, is_group=False, question=question))


@pytest.fixture
def asked_for_the_tier() -> State:
    greeted = respond(State(), "")
    assert greeted.pending == "region"
    answered = respond(greeted.state, "经开区（亦庄）", "region")
    assert answered.pending == "specialized_tier"
    return answered.state


@pytest.mark.parametrize("question", ["specialized_tier", None], ids=["its own question", "typed"])
def test_an_option_of_the_open_question_answers_it(asked_for_the_tier: State, question: str | None) -> None:
    response = respond(asked_for_the_tier, "都没有", question)

    assert response.state.profile.values["specialized_tier"] == "none"
    assert response.pending != "specialized_tier"
    assert not response.is_outdated


@pytest.mark.parametrize(
    ("text", "question"),
    [("都没有", "first_listing"), ("通州区（城市副中心）", "region"), ("都没有", "")],
    ids=["a later question", "an answered question", "no single attribute"],
)
def test_an_option_of_another_question_answers_nothing_and_the_open_one_is_put_again(
    asked_for_the_tier: State, text: str, question: str
) -> None:
    response = respond(asked_for_the_tier, text, question)

    assert response.state.profile == asked_for_the_tier.profile
    assert response.pending == "specialized_tier"
    assert response.is_outdated


def test_what_may_be_taken_together_is_said_with_the_options(asked_for_the_tier: State) -> None:
    state, said = asked_for_the_tier, set()
    for _ in range(12):
        response = respond(state, "不清楚")
        state, last = response.state, response.messages[-1]
        said.add((last.is_several, "可以选几个" in last.text))

    assert said == {(False, False), (True, True)}


def test_a_message_without_words_is_answered_as_what_it_is(asked_for_the_tier: State) -> None:
    responder = ContentResponder(shipped_bundle, "web", retention_days=30)

    response = responder.respond(asked_for_the_tier, Said("", NOW, is_group=False, form=Form.VOICE))

    assert response.messages[0].text.startswith("语音我听不了")
    assert response.pending == "specialized_tier"
    assert response.messages[-1].options


def test_an_option_of_a_deleted_conversation_begins_a_new_one(asked_for_the_tier: State) -> None:
    response = respond(State(), "都没有", "specialized_tier")

    assert asked_for_the_tier.profile.values
    assert response.state.profile.values == {}
    assert response.pending == "region"
