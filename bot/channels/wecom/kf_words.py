"""The words of the door to 微信客服: the notices of the content, and how customers ask for the rest."""

import re
import unicodedata
from collections.abc import Callable

from bot.dialog.acts import Notice

Words = Callable[[Notice], str]
"""A notice of the content in use."""

_MORE = re.compile(
    r"继续|更多|接着|(?:继续|接着|往下|再)[看说发讲]|往下|下一[条页]|(?:后面|剩下|还有)的?(?:呢|内容)?|接着看|还有呢"
)


def wants_more(text: str) -> bool:
    """Whether the text asks for the rest of what was being said, and for nothing else."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("“”\"'。.!！~ ")
    return _MORE.fullmatch(plain.rstrip("吧啊呀")) is not None
