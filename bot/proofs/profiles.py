"""The enterprise that a proof is of, as it is given on the command line: JSON, a file, or pairs like region=经开区."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from bot.batch.matching import read_profile
from bot.cases.given import value_as_written
from bot.content.names import did_you_mean
from bot.dialog.flows import Guide
from bot.errors import RequestError
from bot.policy.attributes import Attribute, AttributeType, Profile, Value

WANTED = '写 JSON（如 {"region": "经开区"}）、@文件名、-（从标准输入读），或 --set 注册地=经开区'
LONGEST = 60
"""So much of what was given is said again."""
YES_NO = {"是": "true", "否": "false", "有": "true", "没有": "false"}


def profile_of(text: str | None, pairs: Iterable[str], guide: Guide, standard_input: TextIO) -> tuple[Profile, object]:
    """The profile with the pairs on top, and the day that the JSON names (None: it names none)."""
    raw = _parsed(text, standard_input) if text is not None else {}
    day = None
    if isinstance(raw, dict) and isinstance(raw.get("profile"), dict):
        raw, day = raw["profile"], raw.get("as_of")
    profile = read_profile(raw, guide)
    for pair in pairs:
        name, value = _read_pair(pair, guide.knowledge.attributes)
        profile = profile.with_value(name, value)
    return profile, day


def _parsed(text: str, standard_input: TextIO) -> object:
    written, where = _text_of(text, standard_input)
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        raise RequestError(f"{where}不是 JSON；{WANTED}") from None


def _text_of(text: str, standard_input: TextIO) -> tuple[str, str]:
    if text == "-":
        return standard_input.read(), "标准输入"
    if not text.startswith("@"):
        return text, f"「{text if len(text) <= LONGEST else text[:LONGEST] + '……'}」"
    path = Path(text.removeprefix("@"))
    try:
        return path.read_text(encoding="utf-8-sig"), f"文件 {path} "
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"读不了文件 {path}：请看看文件名对不对、是不是 UTF-8 编码") from None


def _read_pair(pair: str, attributes: Mapping[str, Attribute]) -> tuple[str, Value]:
    name, sign, written = pair.partition("=")
    if not sign or not written.strip():
        raise RequestError(f"「{pair}」应写成 属性=值，如 region=经开区")
    attribute = _find_attribute(name.strip(), attributes)
    try:
        return attribute.name, value_as_written(attribute, _as_content(attribute, written.strip()))
    except ValueError as error:
        labels = [attribute.label_of(value) for value in attribute.values]
        near = did_you_mean(written.strip(), [*attribute.values, *labels])
        raise RequestError(f"「{pair}」：{error}{f'；{near}' if near else ''}") from None


def _find_attribute(name: str, attributes: Mapping[str, Attribute]) -> Attribute:
    """By its name, or by its label."""
    found = [attribute for attribute in attributes.values() if name in (attribute.name, attribute.label)]
    if not found:
        hint = did_you_mean(name, [word for a in attributes.values() for word in (a.name, a.label)])
        raise RequestError(f"没有属性 {name}；{hint or '属性都在 knowledge/attributes.yaml'}")
    return found[0]


def _as_content(attribute: Attribute, written: str) -> object:
    """The text as content writes it: values for labels, true for 是, several values of a set apart."""
    if attribute.type is AttributeType.BOOL:
        return YES_NO.get(written, written)
    values = {attribute.label_of(value): value for value in attribute.values}
    if attribute.type is AttributeType.SET:
        parts = written.replace("、", ",").replace("，", ",").split(",")
        return [values.get(part.strip(), part.strip()) for part in parts]
    return values.get(written, written)
