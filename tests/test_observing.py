"""What an operator is told of turns: how each ended, what its time went into; nothing that was said."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence

import pytest
import structlog

from bot.dialog.state import State
from bot.doors.foundation import observer
from bot.doors.gauging import gauge_outbox
from bot.logs import hide_private
from bot.metrics import Metrics
from bot.observing import Course, Depth, Ending, Mark, Part, Stage, TurnEvent
from bot.outbox import Dispatcher
from bot.responder import ContentResponder
from bot.sessions.base import Parcel, SessionStore, StoredSession, StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.memory_sending import MemoryOutbox
from bot.turns import Said, TurnFailed, TurnHandler
from tests.content_fixture import shipped_bundle
from tests.fakes import NOW, SURPRISE, Diary, FailingStore, message, no_attributes
from tests.waiting import until


class Ticks:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


async def watched(store: SessionStore) -> tuple[TurnHandler, list[TurnEvent]]:
    await store.open()
    events: list[TurnEvent] = []
    return TurnHandler(store, Diary(), no_attributes, lambda _: None, observe=events.append), events


async def test_an_answered_turn_tells_its_stages_and_a_repeated_one_that_it_was() -> None:
    turns, events = await watched(MemoryStore())

    await turns.handle(message("亦庄"))
    await turns.handle(message("亦庄"))

    first, again = events
    assert (first.ending, again.ending) == (Ending.ANSWERED, Ending.REPEATED)
    assert (first.channel, first.conversation) == ("web", "c1")
    assert {Stage.WAITING, Stage.STORE} <= first.stages.keys()
    assert sum(first.stages.values()) <= first.seconds


@pytest.mark.parametrize(
    ("store", "text", "ending"),
    [
        (FailingStore("load"), "亦庄", Ending.UNAVAILABLE),
        (FailingStore("commit"), "亦庄", Ending.UNAVAILABLE),
        (MemoryStore(), SURPRISE, Ending.FAILED),
    ],
    ids=["loading fails", "committing fails", "surprise"],
)
async def test_a_turn_that_went_wrong_is_told_of_once(store: SessionStore, text: str, ending: Ending) -> None:
    turns, events = await watched(store)

    with pytest.raises(TurnFailed):
        await turns.handle(message(text))

    assert [(event.ending, event.marks) for event in events] == [(ending, frozenset())]


async def test_a_turn_whose_caller_left_is_told_of() -> None:
    class Slow(MemoryStore):
        async def load(self, *_: object) -> StoredSession:
            await asyncio.sleep(60)
            return StoredSession(None, 0)

    turns, events = await watched(Slow())
    task = asyncio.create_task(turns.handle(message("亦庄")))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert [event.ending for event in events] == [Ending.CANCELLED]


def test_the_parts_of_a_stage_are_added_up() -> None:
    course = Course(Ticks())
    course.begin()
    for _ in range(2):
        with course.timing(Stage.STORE):
            pass

    event = course.tell("web", "c1")

    assert event.stages == {Stage.WAITING: 1.0, Stage.STORE: 2.0}
    assert event.seconds == 6.0


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (("", "啊啊啊呜呜"), Mark.NOT_UNDERSTOOD),
        (("", "今天股市怎么样？"), Mark.OUT_OF_SCOPE),
        (("亦庄，小巨人", "看结果"), Mark.RESULT),
        (("", "转人工"), Mark.HAND_OFF),
        (("亦庄", "删除我的资料", "确定"), Mark.FORGOTTEN),
    ],
    ids=lambda one: one.value if isinstance(one, Mark) else "",
)
def test_what_a_turn_came_to_is_marked_by_its_acts(texts: Sequence[str], mark: Mark) -> None:
    responder, state, marks = ContentResponder(shipped_bundle, "text", retention_days=30), State(), frozenset[Mark]()
    for text in texts:
        response = responder.respond(state, Said(text, NOW, is_group=False, number="1234-5678"))
        state, marks = response.state, response.marks

    assert marks == {mark}
    assert response.stages.keys() == {Stage.THINKING, Stage.RENDERING}


def test_a_turn_is_one_event_without_text_and_with_the_conversation_hashed() -> None:
    metrics = Metrics()
    event = TurnEvent(
        "wecom", "zhang-san", Ending.ANSWERED, 0.25, (Part(Stage.STORE, 0.0, 0.125),), frozenset({Mark.RESULT}), "v-1"
    )

    with structlog.testing.capture_logs(processors=[hide_private]) as logged:
        observer(metrics)(event)

    (line,) = logged
    assert line.pop("conversation") not in {"", "zhang-san"}
    assert line == {
        "event": "turn",
        "log_level": "info",
        "channel": "wecom",
        "ending": "answered",
        "seconds": 0.25,
        "store_seconds": 0.125,
        "marks": "result",
        "content": "v-1",
    }
    shown = metrics.render().decode()
    assert 'policybot_turn_endings_total{channel="wecom",ending="answered"} 1.0' in shown
    assert 'policybot_turn_marks_total{channel="wecom",mark="result"} 1.0' in shown
    assert 'policybot_turn_seconds_sum{channel="wecom"} 0.25' in shown
    assert 'policybot_stage_seconds_sum{stage="store"} 0.125' in shown
    assert "zhang-san" not in shown


def test_a_door_that_has_nothing_left_is_no_longer_shown() -> None:
    metrics = Metrics()
    metrics.set_outbox([Depth("wecom", 2, 1, 90.0), Depth("dingtalk", 0, 1, 0.0)], 100.0)
    both = metrics.render().decode()
    metrics.set_outbox([], 115.0)

    assert 'policybot_outbox_waiting{door="wecom"} 2.0' in both
    assert 'policybot_outbox_oldest_seconds{door="wecom"} 10.0' in both
    assert 'policybot_outbox_dead{door="dingtalk"} 1.0' in both
    assert 'policybot_outbox_oldest_seconds{door="dingtalk"} 0.0' in both
    assert 'door="' not in metrics.render().decode()


async def ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_outbox_is_looked_at_again_and_again() -> None:
    outbox, metrics = MemoryOutbox(lambda: 100.0), Metrics()
    task = asyncio.create_task(gauge_outbox(outbox, metrics, lambda: 107.0, 0.005))
    await until(lambda: "policybot_outbox_read_timestamp_seconds 107.0" in metrics.render().decode())

    await outbox.post([Parcel("m1:0", "wecom", "zhangsan", b"{}")])

    await until(lambda: 'policybot_outbox_oldest_seconds{door="wecom"} 7.0' in metrics.render().decode())
    await ended(task)


class Away(MemoryOutbox):
    """An outbox whose store is away."""

    async def depths(self) -> tuple[Depth, ...]:
        raise StoreUnavailable("the disk is full")

    async def claim(self, *_: object) -> tuple[()]:
        raise StoreUnavailable("the disk is full")


@pytest.mark.parametrize(
    ("part", "work"),
    [
        ("gauge", lambda outbox, metrics: gauge_outbox(outbox, metrics, pause=0.005)),
        (
            "outbox",
            lambda outbox, metrics: Dispatcher(
                outbox,
                {"wecom": None},  # type: ignore[dict-item]
                metrics,
                lambda: 0.0,
                poll=0.005,
            ).run(),
        ),
    ],
    ids=["gauge", "outbox"],
)
async def test_a_store_that_is_away_is_counted_and_tried_again(
    part: str, work: Callable[[Away, Metrics], Coroutine[object, object, None]]
) -> None:
    metrics = Metrics()
    task = asyncio.create_task(work(Away(lambda: 0.0), metrics))

    await until(lambda: f'policybot_store_errors_total{{part="{part}"}} 2.0' in metrics.render().decode())

    await ended(task)
