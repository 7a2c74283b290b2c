"""The self-built app without a secret: everything goes into the responses, and nothing is lost for want of room."""

from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.turns import Pack
from tests.channels.wecom.app_stage import app_stage


async def test_a_whole_conversation_without_a_secret() -> None:
    async with app_stage(has_secret=False) as stage:
        member = stage.wecom.member("zhangsan")
        for text in ("你好", "亦庄", "小巨人", "不清楚", "看结果", "更多", "依据1", "导出我的资料", "继续", "再见"):
            delivery = await member.says(text)
            assert delivery.attempts == ["200"]
            await member.inbox.reply()

        assert all(len(text.encode()) <= 2048 for text in member.inbox.texts)
        assert stage.wecom.violations == []
        assert stage.troubles == []


class LongTurns:
    """Answers with more than fits into one response; keeps the replies."""

    def __init__(self, lines: int = 300) -> None:
        self.replies: dict[str, Reply] = {}
        self.lines = lines
        self.tail = ""

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        del pack
        whole = "\n".join(f"第 {number} 条政策。" for number in range(1, self.lines + 1)) + self.tail
        answer = Reply((OutboundMessage(whole if message.text == "长" else f"说了{message.text}"),))
        return self.replies.setdefault(message.message_id, answer)


async def test_what_does_not_fit_is_given_page_by_page_and_nothing_is_lost() -> None:
    async with app_stage(has_secret=False, turns=LongTurns()) as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("长")
        while "看后面" in member.inbox[-1].text:
            await member.says("继续")

        lines = [line for text in member.inbox.texts for line in text.split("\n") if line.startswith("第 ")]
        assert lines == [f"第 {number} 条政策。" for number in range(1, 301)]
        assert len(member.inbox) == 4
        assert stage.wecom.violations == []


async def test_a_repeated_call_for_the_next_page_gets_the_same_one() -> None:
    async with app_stage(has_secret=False, turns=LongTurns()) as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("长", message_id=1)
        await member.says("继续", message_id=2)
        await member.says("继续", message_id=2)
        await member.says("继续", message_id=3)
        await member.says("继续", message_id=2)

        pages = member.inbox.texts
        assert pages[1] == pages[2] == pages[4]
        assert pages[3] != pages[1]


async def test_another_message_ends_the_pages() -> None:
    async with app_stage(has_secret=False, turns=LongTurns()) as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("长")
        await member.says("好的")

        await member.says("继续")

        assert member.inbox.texts[-1] == "说了继续"


async def test_a_word_that_the_answer_offers_is_for_the_dialog() -> None:
    turns = LongTurns()
    async with app_stage(has_secret=False, turns=turns) as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("长")
        await member.says("更多")
        turns.tail = "“更多”看下一页"
        await member.says("长")

        await member.says("更多")

        assert member.inbox.texts[1].startswith("第 ")
        assert member.inbox.texts[-1] == "说了更多"


async def test_after_the_last_page_the_word_is_a_message_again() -> None:
    async with app_stage(has_secret=False, turns=LongTurns(150)) as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("长")
        await member.says("继续")

        await member.says("继续")

        assert member.inbox.texts[-1] == "说了继续"
