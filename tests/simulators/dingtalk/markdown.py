"""The part of Markdown that the clients draw, and the links in it that make the reader say something."""

import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from tests.simulators.dingtalk.chats import Button

SAYING = "dtmd://dingtalkclient/sendMessage?content="
TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[(?P<label>[^\]]+)\]\((?P<url>[^)\s]+)\)")
STARTS_A_BLOCK = re.compile(r"[ \t]*(#{1,6}[ \t]|>|[-*+][ \t]|\d+\.[ \t]|$)")
SCHEMES = ("http", "https", "dtmd", "dingtalk")


def problems_of_markdown(text: str) -> list[str]:
    """What the clients would show as raw signs, or not at all."""
    foreign = [what for is_there, what in ((TABLE.search(text), "表格"), ("```" in text, "代码块")) if is_there]
    problems = [f"Markdown 不支持{what}" for what in foreign]
    if not foreign:
        problems += [
            f"{line[-12:]!r} 后面的换行不会显示：换行前后各加两个空格，或空一行" for line in _joined_lines(text)
        ]
    return problems + [problem for found in LINK.finditer(text) for problem in problems_of_link(found["url"])]


def _joined_lines(text: str) -> list[str]:
    """The lines that the clients draw in one with the next, since only one bare line break stands between them."""
    lines = text.split("\n")
    return [
        first
        for first, second in pairwise(lines)
        if not STARTS_A_BLOCK.match(second) and first.strip() and not first.endswith("  ") and not first.startswith("#")
    ]


def problems_of_link(url: str) -> list[str]:
    """Why a link would not work."""
    if urlsplit(url).scheme not in SCHEMES:
        return [f"链接 {url!r} 的协议不是 {'/'.join(SCHEMES)}"]
    if not url.startswith("dtmd:"):
        return []
    if not url.startswith(SAYING) or not said_by(url):
        return [f"链接 {url!r} 应为 {SAYING} 加上要说的话"]
    if "+" in url:
        return [f"链接 {url!r} 里的 + 不会变成空格，空格应写成 %20，加号应写成 %2B"]
    return [] if re.fullmatch(r"[!-~]+", url) else [f"链接 {url!r} 里要说的话没有做 URL 编码"]


def buttons_in(text: str) -> tuple[Button, ...]:
    """The links of a text."""
    return tuple(Button(found["label"], found["url"]) for found in LINK.finditer(text))


def said_by(url: str) -> str:
    """What a click on the link makes the reader say; empty where it only opens a page."""
    return unquote(url.removeprefix(SAYING)) if url.startswith(SAYING) else ""
