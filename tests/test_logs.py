"""Logs: one line an event, and nothing in them that a person wrote or could be found by."""

import json
import logging
from io import StringIO

import pytest
import structlog

from bot.logs import configure_logs, hash_session


def fail_with(sentence: str) -> None:
    raise ValueError(sentence)


def test_line_is_time_level_event_and_sorted_pairs(log: StringIO) -> None:
    structlog.get_logger("bot.turns").info("turn_done", seconds=0.25, channel="web")

    _, _, rest = log.getvalue().partition(" ")
    assert rest == "info turn_done channel=web seconds=0.25\n"


def test_stream_that_is_closed_stops_nobody(log: StringIO) -> None:
    log.close()

    structlog.get_logger().info("turn_done")


def test_session_is_hashed_and_the_same_each_time(log: StringIO) -> None:
    structlog.get_logger().info("turn_done", session="zhang-san", conversation="zhang-san")

    name = hash_session("zhang-san")
    assert f"conversation={name} session={name}" in log.getvalue()
    assert "zhang" not in log.getvalue()


@pytest.mark.parametrize("name", ["text", "message", "body", "profile", "password", "token", "secret", "store"])
def test_what_people_wrote_and_secrets_are_left_out(log: StringIO, name: str) -> None:
    structlog.get_logger().info("turn_done", **{name: "注册资本 500 万"})

    assert "注册资本" not in log.getvalue()


def test_value_can_not_forge_a_line_or_a_pair(log: StringIO) -> None:
    structlog.get_logger().info("turn_done", path="/a\n2026 info forged=1\x1b[0m\u2028", other="a b=c", empty="")

    line = log.getvalue()
    assert line.count("\n") == 1
    assert line.isascii()
    assert 'other="a b=c"' in line
    assert 'empty=""' in line


def test_error_is_its_type_and_place_not_its_sentence(log: StringIO) -> None:
    try:
        fail_with("用户写的话")
    except ValueError:
        structlog.get_logger().exception("turn_failed")

    assert "error=ValueError" in log.getvalue()
    assert "test_logs.py:" in log.getvalue()
    assert "用户" not in log.getvalue()
    assert "Traceback" not in log.getvalue()


def test_library_keeps_its_sentence_but_not_its_arguments(log: StringIO) -> None:
    try:
        fail_with("用户写的话")
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", "10.1.2.3")

    assert "Error handling request" in log.getvalue()
    assert "logger=aiohttp.server" in log.getvalue()
    assert "10.1.2.3" not in log.getvalue()
    assert "用户" not in log.getvalue()


def test_json_is_one_object_a_line(log: StringIO) -> None:
    configure_logs("json", log)

    structlog.get_logger().warning("not_ready", error="StoreUnavailable", session="zhang-san")

    event = json.loads(log.getvalue())
    assert (event["event"], event["level"], event["error"]) == ("not_ready", "warning", "StoreUnavailable")
    assert event["session"] == hash_session("zhang-san")
