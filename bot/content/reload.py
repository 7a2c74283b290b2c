"""The content in use, renewed while the program runs: a good edit replaces it whole, a bad one is refused whole."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import perf_counter
from traceback import extract_tb
from typing import TypeVar, assert_never

import structlog

from bot.content.bundle import Bundle
from bot.content.files import Survey, survey_files, version_of
from bot.content.loading import load_content
from bot.content.pauses import small_pauses
from bot.content.problems import ContentProblems, Problem
from bot.content.status import ContentStatus, Refused
from bot.content.watching import looks

QUIET_SECONDS = 0.15
"""So long nothing may have changed before the folder is read: editors save in steps, and git writes many files."""
GRACE_SECONDS = 0.4
"""So long bad content may be mended by the next save before it is called refused."""
LOGGED_PROBLEMS = 20
FAILED = "程序处理这份内容时出错了"
FAILED_HINT = "先退回上一次的改动，再把这一条转给维护程序的人"

_log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """The folder holds a version that was judged before."""

    version: str


@dataclass(frozen=True, slots=True)
class Good:
    """The folder holds content that can be used."""

    bundle: Bundle
    seconds: float


@dataclass(frozen=True, slots=True)
class Bad:
    """The folder holds content that can't be used."""

    version: str
    problems: tuple[Problem, ...]


Finding = Known | Good | Bad


class LiveContent:
    """The bundle in use. A turn takes it once, when it begins; it is replaced between turns, in the event loop.

    `rehearse` holds a conversation on content before it is used: what fails there is refused, and what is worked out on
    first use is ready. `tell` is told whenever the status changes.
    """

    def __init__(
        self,
        bundle: Bundle,
        rehearse: Callable[[Bundle], None],
        tell: Callable[[ContentStatus], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bundle = bundle
        self._rehearse = rehearse
        self._tell = tell
        self._clock = clock
        self._judged: Survey = ()
        self.status = ContentStatus(bundle.version, clock())
        tell(self.status)

    @property
    def bundle(self) -> Bundle:
        """The bundle in use."""
        return self._bundle

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Keep the content that of its folder for as long as the block runs."""
        watching = asyncio.create_task(self.watch(), name="content watch")
        watching.add_done_callback(_log_end)
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def watch(self) -> None:
        """Keep the content that of its folder, until cancelled."""
        reader = ThreadPoolExecutor(1, "content")
        try:
            await self._renew(reader)
            async for _ in looks(self._bundle.folder):
                await self._renew(reader)
        finally:
            reader.shutdown(wait=False, cancel_futures=True)

    async def _renew(self, reader: ThreadPoolExecutor) -> None:
        """Judge what stands in the folder, again whenever it changed meanwhile: nothing half written is taken."""
        folder = self._bundle.folder
        survey = await _run(reader, lambda: survey_files(folder))
        while survey != self._judged:
            await asyncio.sleep(QUIET_SECONDS)
            seen, survey = survey, await _run(reader, lambda: survey_files(folder))
            if seen != survey:
                continue
            finding = await self._judge(reader)
            if isinstance(finding, Bad):
                await asyncio.sleep(GRACE_SECONDS)
            survey = await _run(reader, lambda: survey_files(folder))
            if seen == survey:
                self._take(finding)
                self._judged = survey

    async def _judge(self, reader: ThreadPoolExecutor) -> Finding:
        known = {self.status.version} | ({self.status.refused.version} if self.status.refused else set())
        with small_pauses():
            judging = asyncio.get_running_loop().run_in_executor(reader, self._read, known)
            await asyncio.wait({judging})
        if (error := judging.exception()) is None:
            return judging.result()
        _log.error("content_failed", error=type(error).__name__, at=_frames(error))
        problem = Problem("knowledge", 1, 1, "", f"{FAILED}（{type(error).__name__}）", FAILED_HINT)
        version = await _run(reader, lambda: version_of(self._bundle.folder))
        return Bad(version, (problem,))

    def _read(self, known: set[str]) -> Finding:
        """What the folder holds; in a thread."""
        start = perf_counter()
        if (version := version_of(self._bundle.folder)) in known:
            return Known(version)
        try:
            bundle = load_content(self._bundle.folder)
        except ContentProblems as error:
            return Bad(version, error.problems)
        self._rehearse(bundle)
        return Good(bundle, perf_counter() - start)

    def _take(self, finding: Finding) -> None:
        match finding:
            case Known(version):
                self._back_to(version)
            case Good(bundle, seconds):
                _log.info(
                    "content_taken", version=bundle.version, before=self.status.version, seconds=round(seconds, 3)
                )
                self._bundle = bundle
                self._set(ContentStatus(bundle.version, self._clock()))
            case Bad(version, problems):
                _log_refusal(version, problems, self.status.version)
                self._set(replace(self.status, refused=Refused(version, problems, self._clock())))
            case _ as unreachable:
                assert_never(unreachable)

    def _back_to(self, version: str) -> None:
        """The folder holds what is in use, or what was refused before."""
        if version == self.status.version and self.status.refused is not None:
            _log.info("content_mended", version=version, refused=self.status.refused.version)
            self._set(replace(self.status, refused=None))

    def _set(self, status: ContentStatus) -> None:
        self.status = status
        self._tell(status)


def _log_refusal(version: str, problems: tuple[Problem, ...], in_use: str) -> None:
    _log.error("content_refused", version=version, in_use=in_use, problems=len(problems))
    for problem in problems[:LOGGED_PROBLEMS]:
        _log.error("content_problem", version=version, problem=str(problem))


def _log_end(watching: asyncio.Task[None]) -> None:
    if not watching.cancelled() and (error := watching.exception()) is not None:
        _log.error("content_watch_ended", error=type(error).__name__, at=_frames(error))


def _frames(error: BaseException) -> list[str]:
    """The innermost places where it happened."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-3:]]


async def _run(thread: ThreadPoolExecutor, job: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(thread, job)
