"""Money that nobody had to pay: 白送的, 全免了, 没收我们钱."""

import re

_NOT_A_FEN = re.compile(
    r"(?<![多少差])一(?:分|毛|角|块|个?(?:大子|子)儿?|厘)钱?(?:都|也|还)?(?:没|未|不用|不要)"
    r"(?!有?(?:少|多|欠|拖|差|优惠|便宜|打折|退|省|剩|浪费|减|免|讲|落下|含糊|短))|分文(?![不未](?:少|差))"
)
_US = r"(?:我们|咱们?|我司|我方|公司|企业|单位|俺们?)*"
_WAIVED = re.compile(
    rf"白送|白给|白拿的|免费(?:送|给|办|拿|做|提供)|没(?:有)?(?:收|要|让|叫|跟|向|问|管|找){_US}的?(?:要|收|交|掏|出|付|花|教|缴)?(?:任何|什么)?(?:钱|费)"
    rf"|没(?:有)?(?:掏|动)(?:过)?(?:钱|腰包)|没花(?:过)?(?:一分|一毛|什么|啥)?钱|[全都](?:给|帮|替)?{_US}(?:给)?(?:减?免|豁免|免除)(?:了|掉|单|的)*"
    rf"|全[额部](?:减免|免除|豁免|免)|(?:给|帮|替){_US}(?:全)?免(?:了|掉|单|费)+|免单|免掉|免了|减免了(?!\d|[一二三四五六七八九十])|免除了|豁免了"
    r"|不(?:收|要|用(?:花|掏|交|出)?|花|掏)(?:我们|咱们?)?(?:任何|一分)?(?:钱|费)|零费用|零成本|0元购|零元购|没产生(?:任何)?费用|没(?:有)?收(?:取)?(?:任何)?费"
)
_IN_PART = re.compile(
    r"一半|半价|部分|减半|打\S?折|[几\d一二三四五六七八九]成|零头|[\d一二两三四五六七八九十百千万]{1,9}(?:块|元|万|千)"
)
_OF_OTHERS = re.compile(
    r"别家|别人|同行|朋友|隔壁|子公司|母公司|集团|兄弟|友商|其他(?:公司|企业)|楼[上下]|人家公司|去年|前年|以前"
)
_NOT_YET = re.compile(
    r"可能|也许|听说|据说|能不能|会不会|下次|以后|明年|将来|争取|想|申请|希望|要是|如果|没免|不免|未免|免不"
)


def is_not_a_fen(text: str) -> bool:
    """Whether a clause says that not a penny was spent; 多一分都没有 says that a sum is exact."""
    return _NOT_A_FEN.search(text) is not None


def is_waived(text: str) -> bool:
    """Whether a clause says that the whole was given or let off."""
    if _WAIVED.search(text) is None:
        return False
    return not (_IN_PART.search(text) or _OF_OTHERS.search(text) or _NOT_YET.search(text))
