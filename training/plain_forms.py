"""The plainest ways to say that something was done, or was not: people who write examples seldom think of them."""

import hashlib
from collections.abc import Iterator
from itertools import product

VERBS = (
    "登",
    "登记",
    "办",
    "做",
    "弄",
    "搞",
    "入",
    "入表",
    "列",
    "记",
    "卖",
    "交易",
    "成交",
    "签",
    "开",
    "开放",
    "公开",
    "申请",
    "拿",
    "有",
)
MATTERS = ("", "数据", "数据登记", "数据资产", "入表这事", "数据产品", "这个")
WHO = ("", "我们", "公司", "我司", "我们公司")
EARLIER = ("以前", "之前", "早", "早就", "已经", "去年", "前年", "原来", "23年", "上半年", "前几年")
TIMES = ("", "了", "一次", "一回", "两次", "好几次", "一单")
NEVER = ("没", "没有", "还没", "还没有", "从没", "从来没", "从来没有", "一次都没", "压根没", "都没", "未", "尚未")
FIRST = ("第一次", "首次", "头一回", "头一次", "第一回", "首单", "第一单", "头一遭", "初次")
AGAIN = ("第二次", "第三次", "第二回", "第四单", "又一次", "老早就不是第一次", "好多回")
IS = ("是", "算是", "确实是", "就是", "应该算", "")
IS_NOT = ("不是", "不算", "并不是", "已经不是", "早不是")


def before() -> Iterator[str]:
    """It was done before."""
    yield from map("".join, product(WHO[:3], MATTERS[:4], EARLIER, VERBS[:6], ("过",), TIMES[:4]))
    yield from map("".join, product(WHO[:3], VERBS, ("过",), TIMES))
    yield from map("".join, product(IS_NOT, FIRST))
    yield from map("".join, product(IS, AGAIN))


def not_before() -> Iterator[str]:
    """It was never done, or this is the first time."""
    yield from map("".join, product(WHO[:3], MATTERS[:4], NEVER, VERBS[:12], ("过", "呢", "")))
    yield from map("".join, product(WHO, IS, FIRST))
    yield from map("".join, product(WHO[:2], ("打算", "准备", "正要", "想"), ("今年", "下半年", ""), VERBS[:8]))


def yes() -> Iterator[str]:
    """It is so."""
    yield from map("".join, product(WHO[:3], MATTERS[:2], EARLIER, VERBS[:6], ("过", "了"), TIMES[:3]))
    yield from map(
        "".join,
        product(
            WHO, ("有", "有的", "有过", "是", "是的", "通过了", "拿到了", "办好了", "买了", "评上了", "中了", "批了")
        ),
    )


def no() -> Iterator[str]:
    """It is not so."""
    yield from map("".join, product(WHO[:3], MATTERS[:2], NEVER, VERBS[:12], ("过", "呢", "")))
    plain = "没有 没 不是 没通过 没拿到 没买 没评上 落选了 没中 没批 被拒了 没过"
    lapsed = "过期了 到期了 失效了 掉了 被取消了 没续上 没赶上 被撤销了 被刷下来了 没评过"
    yield from map("".join, product(WHO, plain.split()))
    yield from map("".join, product(("", "证书", "资质", "我们的证", "去年", "今年刚"), lapsed.split()))


def unclear() -> Iterator[str]:
    """Something was done, but nothing of the matter; or nothing is said at all."""
    done = (
        "开过会 开过年会 问过 说过 看过 聊过 吃过饭 打过电话 发过邮件 来过 去过 交过材料 填过 答过 见过 搬过家 招过人"
    )
    yield from map("".join, product(("", "我们", "你们", "刚才", "不是", "你们不是"), done.split(), ("", "了", "吗")))
    nothing = "不对 不对吧 错了 没错 随便 都行 都可以 无所谓 看情况 你猜 哈哈 嗯嗯 好 好的 行 可以 收到 什么 啥 也没有"
    yield from nothing.split()


PLAIN = {
    "firsts": {"before": before, "not_before": not_before, "unclear": unclear},
    "claims": {"yes": yes, "no": no, "unclear": unclear},
    "trades": {"ask": unclear},
}
SHOWN = 400
"""So many of the forms of each class are learned from, spread over all."""


def plain_forms(name: str) -> Iterator[tuple[str, str]]:
    """Class and text of the plain forms for a model; the same ones each time."""
    for label, forms in PLAIN.get(name, {}).items():
        every = list(dict.fromkeys(forms()))
        yield from ((label, text) for text in sorted(every, key=_scattered)[:SHOWN])


def _scattered(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
