"""A small conversation, and a program around it, for tests of the channels."""

from datetime import UTC, datetime

from bot.content.status import ContentStatus
from bot.errors import PolicybotError
from bot.messages import InboundMessage, Option, OutboundMessage, Reply
from bot.outbox import Dispatcher
from bot.sessions.base import Parcel
from bot.turns import Pack

WELCOME = (
    "您好，我是政策小助手。\n"
    "回答几个问题，我帮您看看企业可以申领哪些政策。不清楚的题可以跳过，随时可以说“看结果”。\n\n"
    "贵公司注册在哪里？\n这一问关系到 12 项政策。"
)
PLACES = (Option("bda", "北京经济技术开发区（亦庄）"), Option("other", "北京市其他区"), Option("outside", "北京以外"))
TIER_QUESTION = (
    "好的，记下了：注册在北京经济技术开发区。\n\n贵公司有“专精特新”资质吗？\n这一问关系到 3 项政策、最高 120 万元。"
)
TIERS = (
    Option("giant", "国家级专精特新“小巨人”企业"),
    Option("sme", "北京市专精特新中小企业"),
    Option("innovative", "创新型中小企业"),
    Option("none", "都没有"),
    Option("unknown", "不清楚"),
)
DISTRICTS = tuple(Option(f"d{number}", f"第{number}区") for number in range(1, 20))
RESULT = """【现在可以申领 2 项，确定金额合计 35 万元】

1. 数据资产首次入表奖励：15 万元
   首次完成数据资产入表，入表金额 320 万元，按 5% 计算，最高 15 万元。
   依据：《示例措施》第 4 条
2. 首次数据产品交易奖励：20 万元
   依据：《示例措施》第 6 条

【还差一项条件】
3. 数据知识产权登记奖励：最高 10 万元
   还需要确认：是否已经取得登记证书

【为什么这样组合】
同一笔支出只能享受一档，已为您选择金额较高的一档。

咨询电话：010-62564159，或拨打 12345。"""
DELETION = "确定删除"
DELETED = "已经全部删除。"
MARKUP = '<img src=x onerror="window.hacked=1"><b>粗体</b>&amp;'


class ScriptedTurns:
    """Answers by a small script; the same message id gets the same reply; remembers all that it was given.

    `failures` are raised by the next turns, one each, before anything counts as said.
    """

    def __init__(self, failures: list[Exception] | None = None) -> None:
        self.failures = failures if failures is not None else []
        self.received: list[InboundMessage] = []
        self.posted: list[Parcel] = []
        self._replies: dict[tuple[str, str], Reply] = {}
        self._pending: dict[str, str] = {}

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The reply to the message; the same one again when it is delivered again."""
        if self.failures:
            raise self.failures.pop(0)
        known = (message.conversation, message.message_id)
        if known not in self._replies:
            self.received.append(message)
            reply = self._replies[known] = self._answer(message.conversation, message.text.strip())
            self.posted += pack(reply) if pack else ()
        return self._replies[known]

    def _answer(self, conversation: str, text: str) -> Reply:
        places = {option.label for option in PLACES} | {"1", "2", "3"}
        if text == DELETION:
            self._pending.pop(conversation, None)
            return Reply((OutboundMessage(DELETED),), forgotten=True)
        if text == "看结果":
            return Reply((OutboundMessage(RESULT),), {"registration": "bda"}, self._pending.get(conversation))
        if text == "各区":
            return Reply((OutboundMessage("在哪个区？", DISTRICTS),))
        if text.startswith("<"):
            return Reply((OutboundMessage(f"您说的是：{text}"),))
        if text in places and self._pending.get(conversation) == "registration":
            self._pending[conversation] = "tier"
            return Reply((OutboundMessage(TIER_QUESTION, TIERS),), {"registration": "bda"}, "tier")
        if text and self._pending.get(conversation) == "tier":
            return Reply((OutboundMessage("都问完了，这是结果："), OutboundMessage(RESULT)), {"registration": "bda"})
        self._pending[conversation] = "registration"
        return Reply((OutboundMessage(WELCOME, PLACES),), {}, "registration")


class WatchedDispatcher(Dispatcher):
    """One of which a test knows when nothing is under way: before that the time may not outrun a claim."""

    @property
    def is_idle(self) -> bool:
        """Whether every call has ended, and its outcome is in the outbox."""
        return not self._under_way


class Ready:
    """A program that is ready, or has the trouble it was given."""

    def __init__(self, trouble: PolicybotError | None = None) -> None:
        self.trouble = trouble

    async def check(self) -> ContentStatus:
        """The content in use, or the trouble."""
        if self.trouble:
            raise self.trouble
        return ContentStatus("2026.11-test", datetime(2026, 11, 1, tzinfo=UTC))
