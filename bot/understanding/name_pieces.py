"""The pieces of a text in which a company's name may stand: names written with spaces put together, lists parted."""

import re
from collections.abc import Iterator, Sequence

_MARKS = re.compile(r"[，,。；;！!？?\n：:]+")
_SPACES = re.compile(r"(?<=[\u4e00-\u9fff）)])[ \t\u3000]+(?=[\u4e00-\u9fff（(])")
_LEGAL = r"(?:公司|集团|合伙企业|有限合伙|事务所|研究院|研究所|研究中心|协会|联盟|学会|商会|基金会|合作社|促进会)"
_LISTED = re.compile(
    r"(?:(?<=公司)|(?<=研究院)|(?<=协会)|(?<=中心)|(?<=事务所)|(?<=联盟))"
    r"(?:还有|和|与|跟|及|以及|、|另外|或者?|还是|加上|另一[家个]是?|一[个家]是|/)+"
    r"(?=[\u4e00-\u9fff（(A-Za-z]{2,30}?(?:公司|研究院|协会|中心|事务所|联盟))"
)
_TRADE = re.compile(
    r"科技|技术|数据|数字|数智|智能|智慧|信息|软件|网络|互联网|文化|传媒|咨询|服务|发展|实业|商贸|贸易|医疗|生物|医药|健康|自动驾驶"
    r"|机器人|人工智能|电子|通信|控股|投资|集团|股份|有限|责任|公司|教育|能源|环保|工程|建筑|材料|装备|制造|设备|芯片|半导体|物联网"
    r"|云计算|大数据|系统|管理|产业|创新|创业|企业|民营|小微|中小|私营|普通|初创|合伙|（|）|\(|\)"
)
_PLACE = re.compile(r"(?:北京|中国|国家|华北|京津冀|亦庄|中关村)市?|[\u4e00-\u9fff]{1,3}[市区县]")
_NAME_LIKE = re.compile(r"(?!.*(?:公司|谢谢|全称|名称|名字|全名|叫|请问|打扰))[\u4e00-\u9fff（）()]{1,8}")
_SPOKEN = re.compile(r"[的了吗呢吧啊呀哦嗯我你您是在有这那哪就都也不没]")
_ENDS = re.compile(rf"{_LEGAL}[）)]?$")


def name_pieces(raw: str) -> Iterator[str]:
    """The pieces between marks, joined over spaces within a name, and parted where several names are listed."""
    for run in _MARKS.split(raw):
        for piece in _joined(_SPACES.split(run)):
            yield from _LISTED.split(piece)


def is_generic(name: str) -> bool:
    """Whether nothing is left of a name but trades and legal form: 科技有限公司."""
    return len(_TRADE.sub("", _PLACE.sub("", name))) < 2


def _joined(words: Sequence[str]) -> list[str]:
    if len(words) > 3 and all(len(word) == 1 for word in words):
        return ["".join(words)]
    joined: list[str] = []
    for word in words:
        joined.append(word)
        while len(joined) > 1 and _continues(joined[-2], joined[-1]):
            joined[-2:] = [joined[-2] + joined[-1]]
    return joined


def _continues(before: str, name: str) -> bool:
    """Whether a piece that ends as a name does needs what stands before it: 北京, 驭岭."""
    if not _ENDS.search(name) or not _NAME_LIKE.fullmatch(before) or _SPOKEN.search(before):
        return False
    return _PLACE.fullmatch(before) is not None or is_generic(name)
