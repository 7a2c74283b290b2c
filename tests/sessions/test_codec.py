"""Conversations and replies survive being stored, and damage never passes for an answer."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.state import Pending, PendingKind, State, Step
from bot.messages import Option, OutboundMessage, Reply
from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Profile, Value
from bot.policy.money import Interval
from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.codec import SCHEMA, decode_reply, decode_state, encode_reply, encode_state
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


def seal(content: object, schema: int = SCHEMA) -> bytes:
    text = json.dumps(content).encode()
    return f"{schema} {crc32(text):08x} ".encode() + text


def content_of(raw: bytes) -> dict[str, object]:
    content = json.loads(raw.split(b" ", 2)[2])
    assert isinstance(content, dict)
    return content


@settings(deadline=None)
@given(STATES)
def test_every_conversation_comes_back_as_it_was(state: State) -> None:
    assert decode_state(KEY, encode_state(state), ATTRIBUTES) == state


@settings(deadline=None)
@given(STATES)
def test_a_conversation_that_is_read_and_written_has_the_same_bytes(state: State) -> None:
    raw = encode_state(state)

    assert encode_state(decode_state(KEY, raw, ATTRIBUTES)) == raw


@settings(deadline=None)
@given(REPLIES)
def test_every_reply_comes_back_as_it_was_byte_for_byte(reply: Reply) -> None:
    raw = encode_reply(reply)

    assert decode_reply(KEY, raw) == reply
    assert encode_reply(decode_reply(KEY, raw)) == raw


@settings(deadline=None)
@given(state=STATES, where=st.integers(0, 10**6), change=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_noticed(state: State, where: int, change: int) -> None:
    raw = bytearray(encode_state(state))
    raw[where % len(raw)] ^= change

    with pytest.raises(SessionUnreadable):
        decode_state(KEY, bytes(raw), ATTRIBUTES)


@settings(deadline=None)
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
    with pytest.raises(SessionUnreadable, match="schema 2"):
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


def test_answers_to_an_attribute_that_staff_removed_are_dropped_and_the_others_stay() -> None:
    profile = Profile({"region": "通州区", "high_tech": True})
    raw = encode_state(State(profile=profile, declined=frozenset({"region", "tier"}), set_aside=profile))
    fewer = {name: attribute for name, attribute in ATTRIBUTES.items() if name != "region"}

    state = decode_state(KEY, raw, fewer)

    rest = Profile({"high_tech": True})
    assert state == State(profile=rest, declined=frozenset({"tier"}), set_aside=rest)


def test_an_answer_that_is_no_longer_a_choice_is_unknown_again() -> None:
    raw = encode_state(State(profile=Profile({"region": "旧区", "years": Decimal(3)})))

    assert decode_state(KEY, raw, ATTRIBUTES).profile == Profile({"years": Decimal(3)})


def test_a_question_about_a_removed_attribute_is_no_longer_open_nor_gone_back_to() -> None:
    gone, known = Pending(PendingKind.QUESTION, "gone"), Pending(PendingKind.QUESTION, "region")
    step = Step(known, Profile(), frozenset({"gone"}))
    raw = encode_state(State(pending=gone, steps=(step, Step(gone, Profile(), frozenset()))))

    state = decode_state(KEY, raw, ATTRIBUTES)

    assert state == State(steps=(Step(known, Profile(), frozenset()),))


@pytest.mark.parametrize("amount", ["123456789012345.1234", "1000000000000000", "0.1", "1E+6", "0"])
def test_an_amount_keeps_every_digit(amount: str) -> None:
    state = State(profile=Profile({"listing_amount": Decimal(amount)}))

    assert decode_state(KEY, encode_state(state), ATTRIBUTES) == state


def test_a_full_conversation_stays_small() -> None:
    profile = Profile({"region": "通州区", "listing_amount": Decimal(1_000_000), "award_date": date(2026, 1, 1)})
    step = Step(Pending(PendingKind.QUESTION, "region"), profile, frozenset())

    raw = encode_state(State(profile=profile, steps=(step,) * 20, last_seen=datetime(2026, 3, 1, tzinfo=UTC)))

    assert len(raw) < 6_000
