"""What an answer says of the options of a list: 只有2; 除了2都有; 1有，3没有; 标杆工厂有，其他没有."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding.amounts import find_amounts
from bot.understanding.numerals import parse_numeral
from bot.understanding.options import read_several
from bot.understanding.questions import Choice

_NOT_OPTIONS = ("none", "unknown")
_PARTS = re.compile(r"[,，;；。.!！\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_AND = re.compile(r"[、和与及跟]|还有|以及")
_WRONG = re.compile(r"^(?:不对|错了|说错了?|更正|哦不|哦|嗯|那个)+")
_US = re.compile(r"^(?:我们?|咱们?|公司|单位|我司|这边|目前|现在|还|另外|也|再)+")
_ONLY = re.compile(r"^(?:就|只|仅|单)+(?:是|有|选|要|做了?|建了?|办了?|参加了?|取得了?)?")
_HAVE = re.compile(r"^(?:有|是|选|要|做了|做过|建了|建过|办了|办过|参加了|参加过|取得了|沾了?|符合)")
_LACK = re.compile(r"^(?:没有|没|不是|不选|不要|无)(?:做|建|办|参加|参与|承担|牵头|取得)?过?")
_DO = (
    r"(?:做|办|建|搞|弄|签|备案?|登记?|参加|参与|通过|取得|获得?|拿到?|申请|申报|评上?|开展|开始|完成|认定|下来|中|沾)"
)
_SAYS_NO = re.compile(
    r"(?:都|也|还|就|全|均|是|倒|一直|从来|至今|目前|暂时)*(?:没有|没能|没|不是|不沾|不符合|不涉及|不做|尚未|未|无|(?:还|正)?在)"
    rf"(?:(?<!在){_DO}|(?<=在)[办做建弄搞谈走申备])?(?<!在)(?:过|成|好|完|上|到)*[了的呢边]*$"
)
_SAYS_YES = re.compile(
    r"(?:都|也|还|就|全|均|倒|早就|早|已经|已|刚)*"
    rf"(?:有|是|符合|要|选|对|过(?=[了的])|{_DO}(?:过|成|好|完|上|到|下来)*)[过了的]*$"
)
_EVERY = re.compile(
    r"(?:以上|这些|这几[个样项])?(?:全部|全|都|所有|样样|个个|每[个样项])+(?:的)?(?:都|全)*(?:有|是|做|选|要|符合|沾)?[过了的]*"
)
_NONE = re.compile(
    r"(?:以上|这些|这几[个样项])?(?:一[个样项]|哪[个样项]|样样|啥|什么|全部|全|都|也|均)+(?:没有|没|不是|不沾|不涉及|没做|没沾|无)[过了的边]*"
)
_EXCEPT = re.compile(r"^(?:除了|除去|除|不算)(.+?)(?:之外|以外|外)?((?:都|全|其他|其它|别的|其余|剩下).*)?$")
_REST = re.compile(r"^(?:其他|其它|别的|其余|剩下|余下|另外|剩余)(?:的|几[个样项]|那些)*(.*)$")
_FIRST = re.compile(r"^前(\d|[一二两三四五六七八九])(?:个|项|样|条)?的?$")


@dataclass(frozen=True, slots=True)
class Selection:
    """The options that are picked and those that are denied; whether all that is named in neither is denied too."""

    picked: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the parts read so far say of each option, what an open 除了 keeps out, and whether the rest is denied."""

    options: tuple[Choice, ...]
    said: tuple[tuple[str, bool], ...] = ()
    kept_out: tuple[str, ...] | None = None
    is_closed: bool = False

    def telling(self, values: Sequence[str], *, holds: bool) -> "_Reading":
        return replace(self, said=(*self.said, *((value, holds) for value in values)))

    @property
    def rest(self) -> tuple[str, ...]:
        named = {value for value, _ in self.said} | set(self.kept_out or ())
        return tuple(option.value for option in self.options if option.value not in named)


def read_selection(plain: str, choices: Sequence[Choice]) -> Selection | None:
    """What the text says of the options; None where a part of it says something else than that or a sum."""
    reading = _Reading(tuple(choices))
    for part in filter(None, (p.strip(" “”\"'") for p in _PARTS.split(plain))):
        if (read := _read_part(part, reading)) is None:
            return None
        reading = read
    if reading.kept_out is not None or not (reading.said or reading.is_closed):
        return None
    last = dict(reading.said)
    if last.keys() & set(_NOT_OPTIONS):
        return None
    picked = tuple(o.value for o in choices if last.get(o.value) is True)
    denied = tuple(o.value for o in choices if last.get(o.value) is False)
    return Selection(picked, denied, reading.is_closed)


def _read_part(part: str, reading: _Reading) -> _Reading | None:
    if (mended := _WRONG.sub("", part)) != part:
        return _read_part(mended, _Reading(reading.options)) if mended else _Reading(reading.options)
    own = _US.sub("", part) if _REST.match(part) is None else part
    for read in (_of_all, _of_the_rest, _with_exception, _of_some):
        if (found := read(own, reading)) is not None:
            return found
    return reading if find_amounts(part) and not _SAYS_NO.search(part) else None


def _of_all(part: str, reading: _Reading) -> _Reading | None:
    options = tuple(o.value for o in reading.options if o.value not in _NOT_OPTIONS)
    if _NONE.fullmatch(part) or part in ("没有", "没", "无"):
        return replace(reading, kept_out=None, is_closed=True).telling(reading.kept_out or (), holds=True)
    if not _EVERY.fullmatch(part):
        return None
    kept_out = reading.kept_out or ()
    every = [value for value in options if value not in kept_out]
    return replace(reading, kept_out=None).telling(every, holds=True).telling(kept_out, holds=False)


def _of_the_rest(part: str, reading: _Reading) -> _Reading | None:
    written = _REST.match(part)
    if written is None or not (reading.said or reading.kept_out):
        return None
    kept_out = reading.kept_out or ()
    if _SAYS_NO.fullmatch(written[1]):
        return replace(reading, kept_out=None, is_closed=True).telling(kept_out, holds=True)
    if not _SAYS_YES.fullmatch(written[1]):
        return None
    rest = [value for value in reading.rest if value not in _NOT_OPTIONS]
    return replace(reading, kept_out=None).telling(rest, holds=True).telling(kept_out, holds=False)


def _with_exception(part: str, reading: _Reading) -> _Reading | None:
    written = _EXCEPT.match(part)
    values = () if written is None else _values(written[1], reading.options)
    if written is None or not values:
        return None
    waiting = replace(reading, kept_out=values)
    return waiting if not written[2] else _of_all(written[2], waiting) or _of_the_rest(written[2], waiting)


def _of_some(part: str, reading: _Reading) -> _Reading | None:
    """Options by number or name, held, denied, or said to be all there is."""
    is_only = _ONLY.match(part) is not None
    core = _ONLY.sub("", part)
    denied = _SAYS_NO.sub("", _LACK.sub("", core))
    is_denied = denied != core and not _values(core, reading.options)
    values = _values(denied if is_denied else core, reading.options)
    values = values or (() if is_denied else _values(_HAVE.sub("", _SAYS_YES.sub("", core)), reading.options))
    if not values or (is_only and is_denied):
        return None
    return replace(reading, is_closed=reading.is_closed or is_only).telling(values, holds=not is_denied)


def _values(text: str, options: Sequence[Choice]) -> tuple[str, ...]:
    """The options that a list of numbers or names means; none when any of it means no single one."""
    real = [option for option in options if option.value not in _NOT_OPTIONS]
    if (first := _FIRST.match(text)) is not None:
        return tuple(option.value for option in real[: int(parse_numeral(first[1]) or 0)])
    if (listed := read_several(re.sub(r"(?<=[个项样条])都?$", "", text), options)) is not None:
        return listed
    named = [_named(name, real) for name in _AND.split(text)]
    return tuple(value for value in named if value) if all(named) else ()


def _named(name: str, options: Sequence[Choice]) -> str:
    """The one option whose label, or a word for it, has the name in it."""
    core = _plain(_HAVE.sub("", name).removesuffix("的").removesuffix("那个"))
    if len(core) < 2 or core.isdecimal():
        return ""
    found = [o.value for o in options if any(core in _plain(text) for text in (o.label, *o.words))]
    exact = [o.value for o in options if core in map(_plain, (o.label, *o.words))]
    chosen = exact or found
    return chosen[0] if len(chosen) == 1 else ""


def _plain(text: str) -> str:
    return re.sub(r"[“”\"\s（）()「」]", "", text.lower())
