"""Plain text put into the markdown of DingTalk: headings, lists, bold; no tables, no code, nothing by accident.

What a client does with a backslash is not documented, so signs that would be read as markup are replaced by their
full-width forms, which look the same in Chinese text. So are the dots of numbers: a list might be counted anew.
"""

import re
from itertools import groupby

LONGEST_TITLE = 30
NAME = "政策小助手"
_WIDE = str.maketrans(
    {"*": "＊", "_": "＿", "`": "｀", "[": "［", "]": "］", "<": "＜", ">": "＞", "|": "｜", "~": "～"}
)
_AT_START = str.maketrans({"#": "＃", "-": "－", "+": "＋", "=": "＝"})
_HEADING = re.compile(r"【([^】]+)】(.*)")
_ITEM = re.compile(r"[·•]\s*(.*)")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s*(.*)")
_LINK = re.compile(r"(?i)\b(https?|dtmd|dingtalk)(?=:)")
_ASKED = re.compile("(?!刚才的问题：)[^？]*？")
_DETAIL = "   "
"""What a line begins with that belongs to the numbered one above it."""
_INLINE_OPTION = re.compile("(^|　)([0-9]{1,2}) (?=[^ 　])")
_EDGES = " 　·•\t"


def to_markdown(text: str) -> str:
    """The text with its lines kept apart: a newline counts only with two blanks around it (D:0699)."""
    parts = re.split(r"\n\s*\n", text.strip("\n"))
    return "\n\n".join(block for part in parts for block in _blocks(part))


def quiet(text: str) -> str:
    """A name that somebody gave themselves, on one line, with nothing in it that would be read as markup or address."""
    flat = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return _LINK.sub(r"\1 ", _neutral(flat)).replace("@", "＠")


def title_of(text: str, *, is_question: bool = False) -> str:
    """What the notification says: what is answered, else what is newly asked, else the first line."""
    lines = [line.strip(_EDGES) for line in text.splitlines() if line.strip(_EDGES)]
    headings = [found for line in lines if (found := _HEADING.fullmatch(line))]
    answered = [found[1] for found in headings if found[2]]
    asked = [] if headings or not is_question else [found[0] for line in lines if (found := _ASKED.match(line))]
    chosen = next(iter((*answered[:1], *asked[-1:], *lines[:1])), NAME)
    return _shorten(_neutral(re.sub("[【】]", "", chosen))).strip() or NAME


def _blocks(part: str) -> list[str]:
    """Lists, and lines that stand under each other."""
    lines = [line for line in part.splitlines() if line.strip()]
    told = [(line.strip(), after.startswith(_DETAIL)) for line, after in zip(lines, [*lines[1:], ""], strict=False)]
    blocks = groupby(told, key=lambda one: _ITEM.fullmatch(one[0]) is not None)
    return [
        ("\n" if is_list else "  \n  ").join(_line(line, has_details=has_details) for line, has_details in block)
        for is_list, block in blocks
    ]


def _line(line: str, *, has_details: bool) -> str:
    if heading := _HEADING.fullmatch(line):
        rest = _neutral(heading[2]).strip()
        return f"**{_neutral(heading[1])}** {rest}" if rest else f"**【{_neutral(heading[1])}】**"
    if item := _ITEM.fullmatch(line):
        return f"- {_neutral(item[1])}"
    if numbered := _NUMBERED.fullmatch(line):
        shown = f"{numbered[1]}．{_neutral(numbered[2])}"
        return f"**{shown}**" if has_details else shown
    return _neutral(_kept_together(line))


def _kept_together(line: str) -> str:
    """Options that stand in one line: no number is parted from its words where the line is broken."""
    return _INLINE_OPTION.sub("\\1\\2\u00a0", line) if "　" in line else line


def _shorten(title: str) -> str:
    title = title.removeprefix("刚才的问题：")
    if len(title) > LONGEST_TITLE and len(last := title.split("：", 1)[-1]) >= 6:
        title = last
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _neutral(text: str) -> str:
    wide = text.translate(_WIDE)
    return wide[:1].translate(_AT_START) + wide[1:]
