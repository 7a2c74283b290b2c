"""The AI bot's long connection is that of one replica, which gives way to a rival and is followed when it ends."""

import asyncio
from pathlib import Path

from bot.channels.wecom.bot_connection import REPLACED
from bot.sessions.base import StoreUnavailable
from bot.sessions.sqlite import SqliteStore
from tests.channels.wecom.bot_stage import WELCOME, SocketStage, socket_stage
from tests.simulators.base import Clock
from tests.waiting import until


async def test_wrong_secret_is_told_and_tried_seldom() -> None:
    async with socket_stage() as stage:
        accounts = stage.wecom.platform.accounts
        object.__setattr__(accounts, "bot_secret", "another")
        stage.wecom.connection.drop()

        await until(lambda: stage.count(stage.replica, 'policybot_errors_total{kind="wecom_bot_refused"}') >= 2)

        assert stage.wecom.connection.line is None
        named = 'policybot_platform_codes_total{call="aibot_subscribe",code='
        assert stage.count(stage.replica, named) >= 2


async def test_foreign_connection_that_takes_our_place_is_left_alone_for_a_while(stage: SocketStage) -> None:
    url = stage.wecom.environment(is_connected=True)["POLICYBOT_WECOM_BOT_URL"]
    accounts = stage.wecom.platform.accounts
    subscribe = {"bot_id": accounts.bot_id, "secret": accounts.bot_secret}

    async with stage.client.ws_connect(url) as other:
        await other.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "other"}, "body": subscribe})
        await until(lambda: stage.count(stage.replica, 'policybot_errors_total{kind="wecom_bot_replaced"}') == 1)
        await asyncio.sleep(0.2)
        assert stage.wecom.connection.subscribed == 2, "we do not fight"
        assert await stage.store.board.read_note(REPLACED) is not None
    stage.clock.advance(10_000)
    await until(lambda: stage.wecom.connection.subscribed == 3)


async def test_only_one_of_two_replicas_is_connected_and_the_other_takes_over(tmp_path: Path) -> None:
    clock = Clock()
    store = SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now)
    async with socket_stage(store, clock=clock) as stage:
        user = stage.wecom.bot_user("zhangsan")
        await stage.start()
        await asyncio.sleep(0.3)
        assert stage.wecom.connection.subscribed == 1

        await user.says("你好")
        await user.inbox.take(2)
        await stage.replicas.pop(0).stop()
        await until(lambda: stage.wecom.connection.subscribed == 2)
        await until(lambda: stage.wecom.connection.line is not None)
        await user.says("通州区")
        await user.inbox.take(2)

        assert "注册地：通州区" in user.inbox[2].text
        assert stage.wecom.violations == []


async def test_answer_that_was_not_sent_before_the_end_is_sent_by_the_next_owner(tmp_path: Path) -> None:
    clock = Clock()
    store = SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now)
    async with socket_stage(store, clock=clock) as stage:
        user, first = stage.wecom.bot_user("zhangsan"), stage.replica
        first.turns.gate.clear()
        await user.says("你好")
        await until(lambda: first.turns.taken == 1)
        await stage.start()

        stopping = asyncio.create_task(first.stop())
        await until(lambda: stage.wecom.connection.subscribed == 2)
        first.turns.gate.set()
        await stopping
        stage.replicas.remove(first)
        stage.clock.advance(2)
        await user.inbox.take(2)
        await stage.settled()

        assert sum(WELCOME in text for text in user.inbox.texts) == 1


async def test_end_of_the_process_closes_the_connection_at_once(stage: SocketStage) -> None:
    await stage.replicas.pop(0).stop()

    await until(lambda: stage.wecom.connection.line is None)
    assert await stage.store.board.take_lease("wecom_bot:owner", "another", 1.0)


async def test_owner_that_dies_without_a_word_is_followed_by_the_other(stage: SocketStage) -> None:
    board = stage.store.board
    second = await stage.start()

    async def keep(name: str, holder: str) -> None:
        del name, holder

    drop, board.drop_lease = board.drop_lease, keep  # type: ignore[method-assign]
    await stage.replicas.pop(0).stop()
    board.drop_lease = drop  # type: ignore[method-assign]
    await until(lambda: stage.wecom.connection.subscribed == 2)
    await stage.wecom.bot_user("zhangsan").says("你好")

    await until(lambda: second.turns.taken == 1)


async def test_without_the_store_the_connection_is_given_up_and_taken_again(stage: SocketStage) -> None:
    board = stage.store.board
    take = board.take_lease

    async def fail(name: str, holder: str, seconds: float) -> bool:
        raise StoreUnavailable(f"{name} {holder} {seconds}")

    board.take_lease = fail  # type: ignore[method-assign]
    await until(lambda: stage.wecom.connection.line is None)
    board.take_lease = take  # type: ignore[method-assign]

    await until(lambda: stage.wecom.connection.line is not None)


async def test_replica_that_cannot_reach_the_platform_lets_another_one_try() -> None:
    async with socket_stage() as stage:
        await stage.replicas.pop(0).stop()
        cut_off = await stage.start(url="ws://127.0.0.1:9/openws")
        await asyncio.sleep(0.2)
        well = await stage.start()

        await until(lambda: stage.wecom.connection.line is not None)

        await until(lambda: stage.count(well, 'policybot_connected{channel="wecom_bot"}') == 1)
        assert stage.count(cut_off, 'policybot_connected{channel="wecom_bot"}') == 0
