"""Conversations and replies survive being stored, and damage never passes for an answer."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.state import Pending, PendingKind, State, Step
from bot.messages import Option, OutboundMessage, Reply
from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Profile, Value
from bot.policy.money import Interval
from bot.sessions.base import SessionKey, SessionNewer, SessionUnreadable
from bot.sessions.codec import decode_reply, decode_state, encode_reply, encode_state
from tests.fakes import ATTRIBUTES

KEY = SessionKey("web", "c1")


def order_ends(one: Decimal | None, other: Decimal | None, low_open: bool, high_open: bool) -> Interval:  # noqa: FBT001
    """An interval whose low end is not above its high one."""
    if one is not None and other is not None:
        one, other = min(one, other), max(one, other)
    return Interval(one, other, low_open, high_open)


def order_days(one: date | None, other: date | None) -> DateSpan:
    """A span whose first day is not after its last one."""
    if one is not None and other is not None:
        one, other = min(one, other), max(one, other)
    return DateSpan(one, other)


NUMBERS = st.decimals(min_value=0, max_value=10**15, places=4)
DAYS = st.dates()
VALUES: dict[AttributeType, st.SearchStrategy[Value]] = {
    AttributeType.BOOL: st.booleans(),
    AttributeType.YUAN: NUMBERS
    | st.builds(order_ends, st.none() | NUMBERS, st.none() | NUMBERS, st.booleans(), st.booleans()),
    AttributeType.INT: st.integers(0, 10**9).map(Decimal),
    AttributeType.DATE: DAYS | st.builds(order_days, st.none() | DAYS, st.none() | DAYS) | st.just(NEVER),
}


def values_of(attribute: Attribute) -> st.SearchStrategy[Value]:
    match attribute.type:
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return st.sampled_from(attribute.values)
        case AttributeType.SET:
            return st.frozensets(st.sampled_from(attribute.values))
        case _:
            return VALUES[attribute.type]


NAMES = st.frozensets(st.sampled_from(sorted(ATTRIBUTES)))
PROFILES = st.fixed_dictionaries(
    {}, optional={name: values_of(attribute) for name, attribute in ATTRIBUTES.items()}
).map(Profile)
TEXTS = st.text(st.characters(), max_size=20)
PENDING = st.builds(
    Pending,
    kind=st.sampled_from(PendingKind),
    attribute=st.sampled_from(["", *ATTRIBUTES]),
    options=st.lists(TEXTS, max_size=4).map(tuple),
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8))])
STATES = st.builds(
    State,
    profile=PROFILES,
    declined=NAMES,
    pending=st.none() | PENDING,
    steps=st.lists(st.builds(Step, PENDING, PROFILES, NAMES), max_size=3).map(tuple),
    topics=st.none() | st.frozensets(TEXTS, max_size=3),
    shown=st.lists(TEXTS, max_size=4).map(tuple),
    shown_on=st.none() | DAYS,
    last_seen=st.none() | st.datetimes(timezones=ZONES),
    set_aside=st.none() | PROFILES,
)
REPLIES = st.builds(
    Reply,
    messages=st.lists(
        st.builds(OutboundMessage, TEXTS, st.lists(st.builds(Option, TEXTS, TEXTS), max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    profile=st.dictionaries(
        TEXTS,
        st.none() | TEXTS | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.lists(TEXTS, max_size=3),
        max_size=4,
    ),
    pending=st.none() | TEXTS,
)


def seal(content: object, schema: int = 1) -> bytes:
    text = json.dumps(content).encode()
    return f"{schema} {crc32(text):08x} ".encode() + text


def content_of(raw: bytes) -> dict[str, object]:
    content = json.loads(raw.split(b" ", 2)[2])
    assert isinstance(content, dict)
    return content


@given(STATES)
def test_every_conversation_comes_back_as_it_was(state: State) -> None:
    assert decode_state(KEY, encode_state(state), ATTRIBUTES) == state


@given(STATES)
def test_a_conversation_that_is_read_and_written_has_the_same_bytes(state: State) -> None:
    raw = encode_state(state)

    assert encode_state(decode_state(KEY, raw, ATTRIBUTES)) == raw


@given(REPLIES)
def test_every_reply_comes_back_as_it_was_byte_for_byte(reply: Reply) -> None:
    raw = encode_reply(reply)

    assert decode_reply(KEY, raw) == reply
    assert encode_reply(decode_reply(KEY, raw)) == raw


@given(state=STATES, where=st.integers(0, 10**6), change=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_noticed(state: State, where: int, change: int) -> None:
    raw = bytearray(encode_state(state))
    raw[where % len(raw)] ^= change

    with pytest.raises(SessionUnreadable):
        decode_state(KEY, bytes(raw), ATTRIBUTES)


@given(raw=st.binary())
def test_bytes_of_something_else_are_unreadable_and_nothing_worse(raw: bytes) -> None:
    with pytest.raises(SessionUnreadable):
        decode_state(KEY, raw, ATTRIBUTES)
    with pytest.raises(SessionUnreadable):
        decode_reply(KEY, raw)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([], id="not an object"),
        pytest.param({"misses": "3"}, id="text for a number"),
        pytest.param({"is_greeted": 1}, id="number for a flag"),
        pytest.param({"profile": []}, id="list for a profile"),
        pytest.param({"pending": {"attribute": "region"}}, id="a question without its kind"),
        pytest.param({"pending": {"kind": "riddle"}}, id="a kind of question that nobody knows"),
        pytest.param({"shown_on": "soon"}, id="no date"),
        pytest.param({"shown_on": 5}, id="number for a date"),
        pytest.param({"shown": [["a"]]}, id="list for a text"),
        pytest.param({"declined": 7}, id="number for a set"),
    ],
)
def test_content_of_another_shape_is_unreadable(content: object) -> None:
    with pytest.raises(SessionUnreadable, match="damaged"):
        decode_state(KEY, seal(content), ATTRIBUTES)


def test_a_cut_conversation_is_unreadable() -> None:
    raw = encode_state(State(shown=("a", "b")))

    for length in range(len(raw)):
        with pytest.raises(SessionUnreadable):
            decode_state(KEY, raw[:length], ATTRIBUTES)


def test_a_conversation_of_a_newer_version_names_its_schema() -> None:
    with pytest.raises(SessionNewer, match="schema 2"):
        decode_state(KEY, seal({}, schema=2), ATTRIBUTES)


def test_the_error_names_the_conversation_and_no_answer_of_the_user() -> None:
    with pytest.raises(SessionUnreadable) as caught:
        decode_state(KEY, seal({"shown_on": "某某公司"}), ATTRIBUTES)

    assert "web:c1" in str(caught.value)
    assert "某某" not in str(caught.value)


def test_a_field_that_this_version_does_not_have_is_dropped() -> None:
    content = content_of(encode_state(State(misses=2))) | {"mood": "good"}

    assert decode_state(KEY, seal(content), ATTRIBUTES) == State(misses=2)


def test_a_field_that_was_not_stored_yet_has_its_default() -> None:
    content = content_of(encode_state(State(misses=2)))
    del content["set_aside"], content["is_greeted"]

    assert decode_state(KEY, seal(content), ATTRIBUTES) == State(misses=2)


FEWER = {name: attribute for name, attribute in ATTRIBUTES.items() if name != "region"}


def test_answers_to_an_attribute_that_staff_removed_are_unknown_and_the_others_stay() -> None:
    profile = Profile({"region": "通州区", "high_tech": True})
    raw = encode_state(State(profile=profile, set_aside=profile), ATTRIBUTES)

    state = decode_state(KEY, raw, FEWER)

    rest = Profile({"high_tech": True})
    assert state == State(profile=rest, set_aside=rest)


def changed(name: str, **changes: Any) -> dict[str, Attribute]:
    return {**ATTRIBUTES, name: replace(ATTRIBUTES[name], **changes)}


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(FEWER, id="the attribute is removed"),
        pytest.param(changed("region", values=("东城区",)), id="the value is removed"),
        pytest.param(changed("region", type=AttributeType.SET), id="one place becomes several"),
        pytest.param(changed("years", type=AttributeType.YUAN), id="a count becomes a sum"),
        pytest.param(changed("sector", values=("ai", "other")), id="one of several values is removed"),
        pytest.param(changed("award_date", type=AttributeType.CHOICE, values=("none",)), id="never becomes a choice"),
        pytest.param({}, id="everything is removed"),
    ],
)
def test_an_edit_that_is_taken_back_brings_every_answer_back(edited: dict[str, Attribute]) -> None:
    values: dict[str, Value] = {
        "region": "通州区", "years": Decimal(3), "sector": frozenset({"software", "ai"}), "award_date": NEVER,
    }  # fmt: skip
    profile = Profile(values)
    step = Step(Pending(PendingKind.QUESTION, "region"), profile, frozenset({"tier"}))
    state = State(profile=profile, set_aside=profile, steps=(step,), declined=frozenset({"tier"}))

    meanwhile = decode_state(KEY, encode_state(state, ATTRIBUTES), edited)
    twice = decode_state(KEY, encode_state(meanwhile, edited), edited)
    back = decode_state(KEY, encode_state(twice, edited), ATTRIBUTES)

    assert meanwhile.profile.values.keys() < values.keys()
    assert twice == meanwhile
    assert back == state
    assert back.profile.dormant == {}


def test_a_new_answer_takes_the_place_of_one_that_is_dormant() -> None:
    raw = encode_state(State(profile=Profile({"region": "通州区"})), ATTRIBUTES)
    edited = changed("region", values=("东城区",))
    asleep = decode_state(KEY, raw, edited)

    answered = replace(asleep, profile=asleep.profile.with_value("region", "东城区"))

    back = decode_state(KEY, encode_state(answered, edited), ATTRIBUTES)
    assert back.profile == Profile({"region": "东城区"})
    assert back.profile.dormant == {}


def test_a_conversation_stored_without_types_is_read() -> None:
    content = content_of(encode_state(State(profile=Profile({"years": Decimal(3)}))))
    del content["types"]

    assert decode_state(KEY, seal(content), ATTRIBUTES).profile == Profile({"years": Decimal(3)})


@pytest.mark.parametrize(
    "damage",
    [{"types": []}, {"profile": {"": []}}, {"profile": {"": {"region": ["choice"]}}}, {"profile": {"": {"a": [1, 2]}}}],
    ids=["types", "dormant", "no pair", "no type"],
)
def test_damaged_types_and_dormant_answers_are_noticed(damage: dict[str, object]) -> None:
    with pytest.raises(SessionUnreadable):
        decode_state(KEY, seal(content_of(encode_state(State())) | damage), ATTRIBUTES)


def test_an_answer_that_is_no_longer_a_choice_is_unknown_again() -> None:
    raw = encode_state(State(profile=Profile({"region": "旧区", "years": Decimal(3)})))

    assert decode_state(KEY, raw, ATTRIBUTES).profile == Profile({"years": Decimal(3)})


@pytest.mark.parametrize("amount", ["123456789012345.1234", "1000000000000000", "0.1", "1E+6", "0"])
def test_an_amount_keeps_every_digit(amount: str) -> None:
    state = State(profile=Profile({"listing_amount": Decimal(amount)}))

    assert decode_state(KEY, encode_state(state), ATTRIBUTES) == state


def test_a_full_conversation_stays_small() -> None:
    profile = Profile({"region": "通州区", "listing_amount": Decimal(1_000_000), "award_date": date(2026, 1, 1)})
    step = Step(Pending(PendingKind.QUESTION, "region"), profile, frozenset())

    raw = encode_state(State(profile=profile, steps=(step,) * 20, last_seen=datetime(2026, 3, 1, tzinfo=UTC)))

    assert len(raw) < 6_000
