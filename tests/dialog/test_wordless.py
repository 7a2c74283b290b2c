"""Messages without words: said so, and nothing is taken from them."""

from datetime import timedelta

import pytest

from bot.dialog.acts import Ask, Clarify, Notice, Tell, Welcome, WelcomeBack
from bot.dialog.machine import Transition, advance
from bot.dialog.state import State
from bot.messages import Form
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn

WORDLESS = {
    Form.VOICE: Notice.VOICE,
    Form.IMAGE: Notice.IMAGE,
    Form.VIDEO: Notice.VIDEO,
    Form.FILE: Notice.FILE,
    Form.LINK: Notice.LINK,
    Form.OTHER: Notice.OTHER_FORM,
}


def receive(state: State, form: Form, text: str = "", hours: int = 0) -> Transition:
    """The turn that a message of the form leads to."""
    return advance(state, text, NOW + timedelta(hours=hours), shipped_bundle().guide, form)


@pytest.mark.parametrize(("form", "notice"), WORDLESS.items(), ids=[form.value for form in WORDLESS])
def test_what_can_not_be_read_is_said_and_the_question_is_put_again(form: Form, notice: Notice) -> None:
    state = after("", "亦庄")

    done = receive(state, form, "经开区的数据券")

    assert done.acts[0] == Tell(notice)
    assert isinstance(done.acts[-1], Ask)
    assert (done.state.profile, done.state.pending, done.state.misses) == (state.profile, state.pending, state.misses)


def test_the_first_message_is_welcomed_whatever_it_is() -> None:
    done = receive(State(), Form.VOICE)

    assert isinstance(done.acts[0], Welcome)
    assert done.acts[1] == Tell(Notice.VOICE)
    assert isinstance(done.acts[-1], Ask)


def test_who_opens_the_chat_first_is_welcomed_and_asked() -> None:
    done = receive(State(), Form.ENTER)

    assert [type(act) for act in done.acts] == [Welcome, Ask]


def test_who_opens_the_chat_again_soon_reads_nothing_new() -> None:
    state = after("", "亦庄")

    done = receive(state, Form.ENTER, hours=1)

    assert done.acts == ()
    assert done.state.pending == state.pending


def test_who_opens_the_chat_after_a_long_time_reads_where_it_stood() -> None:
    done = receive(after("", "亦庄"), Form.ENTER, hours=200)

    assert [type(act) for act in done.acts] == [WelcomeBack, Ask]


def test_a_place_on_the_map_is_offered_and_not_recorded() -> None:
    done = receive(after(""), Form.LOCATION, "北京市通州区运河东大街57号")

    assert done.acts[0] == Tell(Notice.LOCATION)
    assert isinstance(done.acts[-1], Clarify)
    assert [choice.value for choice in done.acts[-1].candidates] == ["通州区", "unknown"]
    assert not done.state.profile.values
    assert turn(done.state, "1").state.profile.values["region"] == "通州区"


def test_a_place_of_two_readings_offers_both() -> None:
    done = receive(after(""), Form.LOCATION, "大兴区荣华中路亦庄")

    assert isinstance(done.acts[-1], Clarify)
    assert [choice.value for choice in done.acts[-1].candidates] == ["经开区", "大兴区", "unknown"]


def test_the_same_place_twice_is_no_misunderstanding() -> None:
    once = receive(after(""), Form.LOCATION, "北京市通州区运河东大街57号")

    again = receive(once.state, Form.LOCATION, "北京市通州区运河东大街57号")

    assert isinstance(again.acts[-1], Clarify)
    assert not again.acts[-1].is_again
    assert again.state.misses == 0


@pytest.mark.parametrize("label", ["", "位置", "上海市浦东新区世纪大道1号"], ids=["none", "unnamed", "elsewhere"])
def test_a_place_without_a_region_of_the_city_leaves_the_question_as_it_was(label: str) -> None:
    state = after("")

    done = receive(state, Form.LOCATION, label)

    assert done.acts[0] == Tell(Notice.LOCATION)
    assert not done.state.profile.values
    assert done.state.pending is not None
    assert done.state.pending.attribute == "region"


def test_a_known_place_of_registration_is_not_put_in_doubt() -> None:
    state = after("", "亦庄")

    done = receive(state, Form.LOCATION, "北京市通州区运河东大街57号")

    assert done.acts[0] == Tell(Notice.LOCATION)
    assert done.state.profile.values["region"] == "经开区"
    assert done.state.pending == state.pending


def test_a_place_does_not_interrupt_what_waits_for_a_yes() -> None:
    state = after("", "亦庄", "删除我的资料")

    done = receive(state, Form.LOCATION, "北京市通州区运河东大街57号")

    assert done.state.pending == state.pending
