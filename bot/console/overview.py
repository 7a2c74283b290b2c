"""The first page: how things stand now."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from bot.console.documents import ENDS_SOON, document_line
from bot.console.findings import finding_line
from bot.console.gate import Visit
from bot.console.ground import Ground
from bot.console.pages import Pages
from bot.console.tallying import DAYS, FAILED, Tallies
from bot.console.views import DocumentLine, Frame, OutboxLine, OverviewView, RefusedContent, StoreFigures, Tally
from bot.console.words import say_door, say_moment
from bot.content.problems import Finding, Weight
from bot.content.status import Refused
from bot.hand_overs import say_minute
from bot.observing import Ending, Mark
from bot.responder import BEIJING
from bot.sessions.base import StoreUnavailable

CHECK_SECONDS = 6.0
SHOWN_PROBLEMS = 20
SLOW = "很久没有应答"
_MARKS: Mapping[Mark, tuple[str, str]] = {
    Mark.RESULT: ("给出了结果", "算出能申领什么、多少钱"),
    Mark.NOT_UNDERSTOOD: ("没听懂", "多了就该补常见说法"),
    Mark.NOT_FOUND: ("问了，知识库里没有", "多了就该补政策或补叫法"),
    Mark.OUT_OF_SCOPE: ("不归这里管", "问的不是政策"),
    Mark.HAND_OFF: ("转人工", "名单在“转人工”一页"),
    Mark.FORGOTTEN: ("删除了自己的资料", ""),
}


class Overview:
    """The page 概况."""

    def __init__(self, ground: Ground, pages: Pages, tallies: Tallies) -> None:
        self._ground = ground
        self._pages = pages
        self._tallies = tallies

    async def show(self, visit: Visit) -> web.Response:
        """The page; where the store is away it says so, and shows the rest."""
        ground = self._ground
        status, knowledge = ground.content.status, ground.content.bundle.guide.knowledge
        figures, trouble = await self._look_into_store()
        view = OverviewView(
            version=status.version,
            since=say_moment(status.since),
            clauses=len(knowledge.clauses),
            documents=len(knowledge.documents),
            is_watched=ground.is_watched,
            refused=None if status.refused is None else _say_refused(status.refused),
            ending=self._ending(),
            trouble=trouble,
            figures=figures,
            channels=ground.channels,
            now=say_moment(ground.clock()),
        )
        return self._pages.show(view, Frame("概况", "overview", visit.token))

    def _ending(self) -> tuple[DocumentLine, ...]:
        day = self._ground.clock().astimezone(BEIJING).date()
        documents = self._ground.content.bundle.guide.knowledge.documents.values()
        lines = (document_line(each, day, 0) for each in documents)
        return tuple(line for line in lines if line.sign == ENDS_SOON)

    async def _look_into_store(self) -> tuple[StoreFigures | None, str]:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                return await self._read_figures(), ""
        except StoreUnavailable as error:
            self._ground.metrics.count_store_error("console")
            return None, error.what
        except TimeoutError:
            self._ground.metrics.count_store_error("console")
            return None, SLOW

    async def _read_figures(self) -> StoreFigures:
        store, now = self._ground.store, self._ground.clock()
        await store.check()
        depths = await store.outbox.depths()
        return StoreFigures(
            day=await store.count_since((now - timedelta(days=1)).timestamp()),
            week=await store.count_since((now - timedelta(days=7)).timestamp()),
            waiting=sum(one.waiting for one in depths),
            dead=sum(one.dead for one in depths),
            outbox=tuple(
                OutboxLine(say_door(one.door), one.waiting, one.dead, say_minute(one.oldest) if one.waiting else "")
                for one in depths
            ),
            hand_offs=len(await store.hand_offs()),
            tallies=await self._tally(),
        )

    async def _tally(self) -> tuple[Tally, ...]:
        await self._tallies.keep()
        today, week = await self._tallies.read(1), await self._tallies.read(DAYS)
        of_all = week[Ending.ANSWERED.value]

        def tally(name: str, label: str, meaning: str = "", *, has_share: bool = True) -> Tally:
            share = f"{week[name] / of_all:.0%}" if has_share and week[name] and of_all else ""
            return Tally(label, today[name], week[name], share, meaning)

        return (
            tally(Ending.ANSWERED.value, "答了几句", has_share=False),
            *(tally(mark.value, *words) for mark, words in _MARKS.items()),
            tally(FAILED, "没有答成", "用户看到的是“请再发一次”", has_share=False),
        )


def _say_refused(refused: Refused) -> RefusedContent:
    shown = refused.problems[:SHOWN_PROBLEMS]
    lines = tuple(finding_line(Finding(problem, Weight.MISTAKE)) for problem in shown)
    return RefusedContent(say_moment(refused.since), len(refused.problems), lines)
