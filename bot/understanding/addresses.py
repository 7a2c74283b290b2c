"""What an address settles: places behind its province, city or district lie in it (上海市的朝阳路 is in Shanghai)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.lexicon import Lexicon, Place
from bot.understanding.word_index import Hit

OUTSIDE = ("outside_beijing",)
_ZONE = "经开区"
_ENDINGS = ("", "省", "市", "区", "县")
_STOPS = re.compile(
    r"[在到搬迁去跟或是有非不但从往转改及兼归还也,、;]|都(?=[有是在不没])|来(?!广)|与(?![^,]{1,8}(?:路|道|交))"
    r"|和(?![平义谐兴泰家园居苑])|人(?![民大])"
    r"|注册|办公(?!楼|大楼|室)|上班|运营|公司|集团|企业|总部(?!基地)|工厂|团队|研发|[这那]边"
)
_LEAD = (
    r"^[^\u4e00-\u9fff]*(?:我们|我司|咱们|本?公司|企业|单位)?的?(?:注册|登记|公司)?(?:地址|地)?(?:为|是|在|于|位于)?:?"
)
_UNKNOWN = re.compile(_LEAD + r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?P<unit>[区县市])(?![域块场级里长政委面值区])")
_NO_NAME = re.compile(
    r"[小园社地新片校库厂景辖务发范业税贸验能技集聚导行作融创宅化心闲游假态产城]$|^(?:这个|那个|哪个)$|北京"
)
_LONGEST_LEAD = 6
_PART = re.compile(r"[东西南北中一二三四五六七八九十]|[这那]个?|的")
_ADDRESS = re.compile(
    r"(?:路|街|道|巷|胡同|里|弄|村|园|区|段)[东西南北中]?[甲乙]?\d+|\d+(?:号|弄|栋|座|幢)"
    r"|(?:大厦|中心|广场|大楼|公寓|soho)[a-z]?座?\d{2,5}"
)
_SAYS = re.compile(r"[在到搬迁去是有做搞买花拿获卖投建]")


def is_address(clause: str, lexicon: Lexicon) -> bool:
    """Whether a clause is an address and nothing else, so that the names in it (卫星路, 采购中心) state nothing."""
    if not _ADDRESS.search(clause) or _SAYS.search(clause):
        return False
    hits = lexicon.place_index.find(clause)
    return bool(hits) and hits[0].start <= _LONGEST_LEAD


@dataclass(frozen=True, slots=True)
class _Head:
    end: int
    regions: tuple[str, ...]


def without_inner(clause: str, hits: Sequence[Hit[Place]]) -> tuple[Hit[Place], ...]:
    """The places of a clause without those that only are part of an address whose beginning tells more."""
    head = _unknown_head(clause, hits)
    kept: list[Hit[Place]] = []
    for hit in hits:
        if head is not None and _is_inner(clause, hit, head):
            continue
        head = _head(clause, hit) or head
        kept.append(hit)
    return tuple(kept)


def _unknown_head(clause: str, hits: Sequence[Hit[Place]]) -> _Head | None:
    """A district, county or city at the very beginning that is not in the lists: what follows it tells nothing."""
    found = _UNKNOWN.match(clause)
    if found is None or _NO_NAME.search(found["name"]):
        return None
    end = found.end("name")
    is_known = any(h.start < end and _settles(h, clause[h.end : end]) for h in hits)
    return None if is_known else _Head(found.end(), ())


def _settles(hit: Hit[Place], rest: str) -> bool:
    """Whether a place that begins a name tells where it is, whatever else the name has: 唐山路南, but not 沙河口."""
    return not rest or hit.meaning.regions == OUTSIDE or bool(_PART.fullmatch(rest))


def _head(clause: str, hit: Hit[Place]) -> _Head | None:
    """The beginning of an address: a place outside Beijing, or a district of Beijing called 区."""
    regions = hit.meaning.regions
    if regions == OUTSIDE:
        return _Head(hit.end, regions)
    is_district = len(regions) == 1 and regions != (_ZONE,) and _is_called_district(clause, hit)
    return _Head(hit.end, regions) if is_district else None


def _is_called_district(clause: str, hit: Hit[Place]) -> bool:
    if len(hit.meaning.regions) != 1:
        return False
    called = hit.word if hit.word.endswith("区") else hit.word + clause[hit.end : hit.end + 1]
    is_in_beijing = clause[: hit.start].endswith(("北京", "北京市")) and f"{hit.word}区" == hit.meaning.regions[0]
    return called == hit.meaning.regions[0] or is_in_beijing


def _stops_between(clause: str, start: int, end: int) -> bool:
    """Whether the words between two places end the address."""
    stop = _STOPS.search(clause, start)
    return stop is not None and stop.start() < end


def _is_inner(clause: str, hit: Hit[Place], head: _Head) -> bool:
    if hit.start < head.end:
        return not head.regions
    between = clause[head.end : hit.start]
    if not hit.meaning.regions or _stops_between(clause, head.end, hit.start):
        return False
    if not head.regions:
        return True
    if head.regions == OUTSIDE:
        return hit.meaning.regions != OUTSIDE and not (_is_called_district(clause, hit) and between not in _ENDINGS)
    is_zone = hit.meaning.regions == (_ZONE,) or head.regions[0] in hit.meaning.regions
    return not (is_zone or _is_called_district(clause, hit))
