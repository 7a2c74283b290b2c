"""Examples of places: ◆ is the place that the example is of, ◇ is any other one beside it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product

from bot.understanding.place_roles import OTHER, role_features
from bot.understanding.text import split_message

PLACES = "places"
THIS = "◆"
_SPELLED = {THIS: "鑫", OTHER: "淼"}
"""Characters that stand for the two marks while a text is made ready: a mark is no word."""
JOINED, EACH = 0.3, 60
"""How much a text of two parts counts, and how many there are of each two classes."""
_MARKS = (",", ",", "")
WORK = (
    "仓库 冷库 云仓 前置仓 堆场 工厂 老厂 新厂 分厂 一厂 二厂 厂区 车间 产线 组装线 流水线 中试线 流片 代工 加工 生产 包装 质检 检测 研发 研发部 测试 实验室 "
    "机房 服务器 算力 算力中心 数据中心 门店 旗舰店 直营店 分店 档口 摊位 柜台 门市部 铺面 专柜 网点 前台 售后 客服 客服中心 呼叫中心 销售 销售处 市场部 推广 直播 "
    "直播间 影棚 后期 拍摄 展厅 展馆 样板间 体验店 画廊 工作室 办公 办公室 写字楼 工位 会议室 团队 技术团队 员工 人马 大部队 研发人员 工人 宿舍 食堂 车队 停车场 "
    "分公司 分部 分支 子公司 办事处 联络处 代表处 接待处 服务站 维修点 采购点 收货点 提货点 项目 项目部 工地 工程 施工队 基地 种植基地 养殖场 大棚 果园 茶山 牧场 "
    "酒窖 民宿 餐厅 诊所 培训 年会 团建 展会 发布会 开户 账户 基本户 贷款 社保 公积金 专利 备案 许可证 收件 收货 快递 通讯地址 邮寄 验车 活儿 业务 生意 场地"
).split()
THEIRS = (
    "老板 老板娘 董事长 总经理 法人 法定代表人 股东 大股东 小股东 合伙人 联创 投资人 投资方 基金 母公司 母体 集团 集团总部 上级 上级单位 总公司 控股方 兄弟公司 "
    "关联公司 客户 大客户 甲方 用户 买家 经销商 代理商 供应商 上游 下游 合作方 合作单位 合作高校 房东 物业 园区方 运营方 出租方 中介 代账 代办 会计 律师 审计 "
    "朋友 同学 同事 同行 邻居 隔壁 对手 表哥 表弟 堂哥 姐夫 姑父 舅舅 我哥 我姐 我爸 我妈 我弟 媳妇 老公 爱人 孩子 家 老家 我家 户口 前公司 前东家 上家 原单位 "
    "亲戚 熟人 老乡 导师 学校 母校 学生 家里 父母 岳父"
).split()
OWN = "公司 企业 单位 主体 法人主体 本部 照 执照 营业执照 工商 证 证照 注册地 注册 注册地址 登记 住所 户头 工商登记 公司本身 自己 我们自己 咱自己 我们 咱们 本公司 我司".split()
AT = {
    "works": ("{}在◆", "{}放◆", "{}设在◆", "{}搁◆", "{}◆", "◆有{}", "{}是◆的", "{}都在◆", "{}搬到◆了", "在◆有个{}", "◆那个是{}", "{}早搬◆去了"),
    "others": ("{}在◆", "{}是◆的", "{}住◆", "{}◆的", "{}是◆人", "◆是{}", "{}那边◆", "◆的{}", "{}家在◆", "◆那个是我{}的"),
    "registered": ("{}在◆", "{}是◆的", "{}◆", "{}落在◆", "{}还是◆", "{}上◆", "{}算◆的", "{}归◆", "{}写的◆", "{}迁到◆了", "{}已经变到◆了", "{}改成◆了", "{}还是老样子◆", "{}可是◆的"),
    "to_come": ("{}打算去◆", "{}要迁◆", "{}想搬◆", "{}准备换到◆", "{}明年去◆", "{}往◆迁没批", "{}正在往◆变更", "{}没迁成◆", "{}以后去◆"),
    "left": ("{}以前在◆", "{}原来◆的", "{}前身在◆", "{}从◆搬走了", "{}原先◆", "{}最早在◆", "{}早年在◆", "{}之前是◆的", "{}从◆迁出来的", "◆的{}注销了", "◆的{}作废了"),
    "denied": ("{}不是◆的", "{}不在◆", "{}不归◆", "{}并不在◆", "{}不算◆的", "{}跟◆无关", "{}不是◆", "{}从来不在◆"),
}
WHO = {"works": WORK, "others": THEIRS, "registered": OWN, "to_come": OWN, "left": OWN, "denied": OWN}
PLAINLY = 260
"""So many of the plainest forms of each class are learned from."""


def features_of_place(text: str) -> frozenset[str]:
    """The features of the place that ◆ stands for."""
    for mark, spelled in _SPELLED.items():
        text = text.replace(mark, spelled)
    plain = ",".join(clause.text for clause in split_message(text).clauses).replace(_SPELLED[OTHER], OTHER)
    before, _, after = plain.partition(_SPELLED[THIS])
    return role_features(before, after)


def plain_places() -> Iterator[tuple[str, str]]:
    """The plainest ways to say where something is; a thing is taken with some of the forms."""
    for label, forms in AT.items():
        texts = sorted({form.format(who) for form, who in product(forms, WHO[label])}, key=lambda text: _scattered((text,)))
        yield from ((label, text) for text in texts[:PLAINLY])


def joined_forms(examples: Iterable[tuple[str, str, float]]) -> Iterator[tuple[str, str]]:
    """Two forms of one place each as one text, in either order: somebody's home and where the company is."""
    single: dict[str, list[str]] = {}
    for label, text in [*((label, text) for label, text, _ in examples), *plain_places()]:
        if OTHER not in text:
            single.setdefault(label, []).append(text)
    pairs = [*permutations(sorted(single), 2), *((label, label) for label in sorted(single) if label != "registered")]
    for one, other in pairs:
        for n, (first, second) in enumerate(sorted(product(single[one], single[other]), key=_scattered)[:EACH]):
            mark = _MARKS[n % len(_MARKS)]
            yield one, f"{first}{mark}{second.replace(THIS, OTHER)}"
            yield other, f"{first.replace(THIS, OTHER)}{mark}{second}"


def _scattered(texts: Sequence[str]) -> bytes:
    return hashlib.sha256("\t".join(texts).encode()).digest()
