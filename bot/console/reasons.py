"""Why a message was given up, in plain words, and what to do before it is sent again."""

import re
from dataclasses import dataclass

LATER = "多半是一时的，直接重发。"
ADMIN = "请管服务器的同事先改好，再重发。"
OURS = "是程序的毛病，把“原因代码”发给维护程序的人；重发多半没有用。"
NOBODY = "没法再送到了，可以放弃。"
ANSWERED_LATER = "等他再来时小助手会接着答，可以放弃。"
_NOT_SEEN = r"receiver\b|invaliduser|no such member"
_TOO_MANY = r"rate\b|budget|quiet|flow control|code (?:410100|130101|90002|90018)\b"
_NETWORK = r"status 5\d\d\b|retry\b|no answer in time|Timeout|Client\w*Error|OSError|not connected|session is changing"


@dataclass(frozen=True, slots=True)
class Reason:
    """What happened, and what to do."""

    says: str
    advice: str


UNKNOWN = Reason("平台没有收下", "按“原因代码”查，或发给维护程序的人。")
_CODES: tuple[tuple[str, Reason], ...] = (
    (_NOT_SEEN, Reason("找不到这个人，或者他看不到这个应用", "先把他加进应用的可见范围。")),
    ("unlicenseduser", Reason("这个人没有互通许可", "先在企业微信管理后台给他分配许可。")),
    (r"config 60020\b", Reason("这台机器的网络地址不在企业可信 IP 里", f"在应用页面最下面加上。{ADMIN}")),
    (r"config\b|no secret|no callback address", Reason("企业微信那边或这边的设置不对", ADMIN)),
    (r"stale\b", Reason("平台不认密钥了", ADMIN)),
    (r"expired\b", Reason("等得太久，平台已经不让回这一句了", NOBODY)),
    (r"limit 95018\b|95018", Reason("客户正由人工接待，或会话已经结束", ANSWERED_LATER)),
    (r"limit\b", Reason("客户很久没说话，平台不让再主动发", ANSWERED_LATER)),
    (_TOO_MANY, Reason("一时发得太多，平台不让发", LATER)),
    ("shut out|banned", Reason("一时发得太多，被平台停了一阵", "过半小时再重发。")),
    (r"bug\b|unreadable", Reason("消息的写法平台不认", OURS)),
    ("too long", Reason("消息太长，平台不收", OURS)),
    ("card not delivered", Reason("互动卡片没有送到", "重发一次；还不行就请管服务器的同事看卡片的设置。")),
    ("nobody can be reached", Reason("对方的聊天窗口已经过期，找不到人了", NOBODY)),
    (r"the webhook is not|not an address of the platform", Reason("发送的地址不是平台的", ADMIN)),
    ("restored from a backup", Reason("从备份恢复时还没发的消息", "多半早已送到，重发会让人收到两遍；一般放弃。")),
    ("sealed with a key", Reason("内容用另一把密钥加密过，读不出来", f"要把原来的密钥加回去。{ADMIN}")),
    (r"store\b|the turn is|the platform still asks", Reason("那时保存对话的地方用不了", LATER)),
    (r"status (?:401|403)\b", Reason("平台不认这边的凭证，或没有开这项权限", ADMIN)),
    (_NETWORK, Reason("网络不通，或平台很久没有应答", "看看网络通不通，再重发。")),
)
_REASONS = tuple((re.compile(pattern), reason) for pattern, reason in _CODES)


def reason_of(why: str) -> Reason:
    """The reason in words; of one that is not known, that it is to be looked up."""
    return next((reason for pattern, reason in _REASONS if pattern.search(why)), UNKNOWN)
