"""Logs: one line an event, and nothing in them that a person wrote or could be found by."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from bot.logs import configure_logs, hash_session


@pytest.fixture
def stream() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    target = StringIO()
    configure_logs("text", target)
    yield target
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail_with(sentence: str) -> None:
    raise ValueError(sentence)


def test_line_is_time_level_event_and_sorted_pairs(stream: StringIO) -> None:
    structlog.get_logger("bot.turns").info("turn_done", seconds=0.25, channel="web")

    _, _, rest = stream.getvalue().partition(" ")
    assert rest == "info turn_done channel=web seconds=0.25\n"


def test_stream_that_is_closed_stops_nobody(stream: StringIO) -> None:
    stream.close()

    structlog.get_logger().info("turn_done")


def test_session_is_hashed_and_the_same_each_time(stream: StringIO) -> None:
    structlog.get_logger().info("turn_done", session="zhang-san", conversation="zhang-san")

    name = hash_session("zhang-san")
    assert f"conversation={name} session={name}" in stream.getvalue()
    assert "zhang" not in stream.getvalue()


@pytest.mark.parametrize("name", ["text", "message", "body", "profile", "password", "token", "secret", "store"])
def test_what_people_wrote_and_secrets_are_left_out(stream: StringIO, name: str) -> None:
    structlog.get_logger().info("turn_done", **{name: "注册资本 500 万"})

    assert "注册资本" not in stream.getvalue()


def test_value_can_not_forge_a_line_or_a_pair(stream: StringIO) -> None:
    structlog.get_logger().info("turn_done", path="/a\n2026 info forged=1\x1b[0m\u2028", other="a b=c", empty="")

    line = stream.getvalue()
    assert line.count("\n") == 1
    assert line.isascii()
    assert 'other="a b=c"' in line
    assert 'empty=""' in line


def test_error_is_its_type_and_place_not_its_sentence(stream: StringIO) -> None:
    try:
        fail_with("用户写的话")
    except ValueError:
        structlog.get_logger().exception("turn_failed")

    assert "error=ValueError" in stream.getvalue()
    assert "test_logs.py:" in stream.getvalue()
    assert "用户" not in stream.getvalue()
    assert "Traceback" not in stream.getvalue()


def test_library_keeps_its_sentence_but_not_its_arguments(stream: StringIO) -> None:
    try:
        fail_with("用户写的话")
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", "10.1.2.3")

    assert "Error handling request" in stream.getvalue()
    assert "logger=aiohttp.server" in stream.getvalue()
    assert "10.1.2.3" not in stream.getvalue()
    assert "用户" not in stream.getvalue()


def test_json_is_one_object_a_line(stream: StringIO) -> None:
    configure_logs("json", stream)

    structlog.get_logger().warning("not_ready", error="StoreUnavailable", session="zhang-san")

    event = json.loads(stream.getvalue())
    assert (event["event"], event["level"], event["error"]) == ("not_ready", "warning", "StoreUnavailable")
    assert event["session"] == hash_session("zhang-san")
