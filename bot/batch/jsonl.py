"""JSON Lines in, JSON Lines out: a line that is not valid gets an error, the others are still answered."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TextIO

from bot.errors import RequestError
from bot.responder import BEIJING

Case = Mapping[str, Any]
Answer = Mapping[str, Any]


def answer_lines(lines: Iterable[str], answer: Callable[[Case], Answer], out: TextIO) -> bool:
    """Answer every line in order; False when one of them was not valid."""
    is_good = True
    for line in lines:
        if not line.strip():
            continue
        answered, is_valid = _answer(line, answer)
        is_good = is_good and is_valid
        out.write(json.dumps(answered, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n")
        out.flush()
    return is_good


def _answer(line: str, answer: Callable[[Case], Answer]) -> tuple[Answer, bool]:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "这一行不是 JSON"}, False
    if not isinstance(case, dict):
        return {"id": None, "error": "这一行应是一个 JSON 对象"}, False
    try:
        return {"id": case.get("id"), **answer(case)}, True
    except RequestError as error:
        return {"id": case.get("id"), "error": str(error)}, False


def text_of(case: Case, key: str) -> str:
    """A text that the case must have; RequestError otherwise."""
    if not isinstance(value := case.get(key), str):
        raise RequestError(f"缺少 {key}，或它不是文字")
    return value


def day_of(case: Case) -> date:
    """The day of `as_of`, today when it is missing; RequestError when it is no date."""
    value = case.get("as_of")
    if value is None:
        return datetime.now(BEIJING).date()
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != value:
        raise RequestError("as_of 应为 YYYY-MM-DD 格式的日期")
    return day
