"""What earlier versions stored is brought forward step by step; the bytes kept in `stored` stay readable for ever."""

from pathlib import Path

import pytest

from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.codec import decode_reply, decode_state, encode_reply, encode_state, seal, unseal
from bot.sessions.migrations import OF_REPLIES, OF_STATES
from tests.fakes import ATTRIBUTES
from tests.sessions.stored_samples import REPLY, STATE

KEY = SessionKey("web", "c1")
STORED = Path(__file__).parent / "stored"


def name_it(content: object) -> object:
    """The first change: a field gets another name."""
    assert isinstance(content, dict)
    return {"said": content["text"]}


def count_it(content: object) -> object:
    """The second: another field, worked out from what is there."""
    assert isinstance(content, dict)
    return {**content, "length": len(content["said"])}


STEPS = (name_it, count_it)


@pytest.mark.parametrize(
    ("content", "migrated"),
    [({"text": "一二"}, 0), ({"said": "一二"}, 1), ({"said": "一二", "length": 2}, 2)],
    ids=["two steps back", "one step back", "present"],
)
def test_what_an_earlier_version_wrote_takes_the_steps_it_lacks_in_their_order(content: object, migrated: int) -> None:
    assert unseal(seal(content, migrated), STEPS) == {"said": "一二", "length": 2}


def test_what_a_later_version_wrote_is_newer_not_damaged() -> None:
    with pytest.raises(ValueError, match="it has schema 4, this version reads up to 3"):
        unseal(seal({}, 3), STEPS)


@pytest.mark.parametrize("written", [b"0", b"01", b"-1", b"1.0", b"", "１".encode(), b"1" * 12], ids=repr)
def test_a_schema_that_no_version_writes_is_damage(written: bytes) -> None:
    _, _, rest = seal({"text": ""}, 0).partition(b" ")

    with pytest.raises(ValueError, match=r"^it is damaged$"):
        unseal(written + b" " + rest, STEPS)


def test_content_that_a_step_cannot_read_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = encode_state(STATE, ATTRIBUTES)
    monkeypatch.setattr("bot.sessions.codec.OF_STATES", (name_it,))

    with pytest.raises(SessionUnreadable, match="it is damaged"):
        decode_state(KEY, raw, ATTRIBUTES)


def test_every_schema_has_stored_bytes() -> None:
    states = {f"state-{number}.txt" for number in range(1, len(OF_STATES) + 2)}
    replies = {f"reply-{number}.txt" for number in range(1, len(OF_REPLIES) + 2)}

    assert {path.name for path in STORED.iterdir()} == states | replies


@pytest.mark.parametrize("path", sorted(STORED.glob("state-*.txt")), ids=lambda path: path.stem)
def test_a_conversation_stored_in_any_schema_is_read_with_all_that_was_in_it(path: Path) -> None:
    state = decode_state(KEY, path.read_bytes(), ATTRIBUTES)

    assert state == STATE
    assert encode_state(state, ATTRIBUTES).startswith(b"%d " % (len(OF_STATES) + 1))


@pytest.mark.parametrize("path", sorted(STORED.glob("reply-*.txt")), ids=lambda path: path.stem)
def test_a_reply_stored_in_any_schema_is_read_with_all_that_was_in_it(path: Path) -> None:
    assert decode_reply(KEY, path.read_bytes()) == REPLY
    assert encode_reply(REPLY).startswith(b"%d " % (len(OF_REPLIES) + 1))
