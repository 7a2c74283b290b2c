"""What is kept of a user can be seen, taken along and removed, and never stands in a log."""

import json
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import pytest_asyncio

from bot.dialog.state import State
from bot.doors.foundation import reporter
from bot.messages import InboundMessage, Reply, Target
from bot.metrics import Metrics
from bot.responder import ContentResponder
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state
from bot.sessions.sqlite import SqliteStore
from bot.turns import Response, Said, TurnFailed, TurnHandler
from tests.content_fixture import shipped_bundle
from tests.fakes import NOW, no_attributes
from tests.simulators.base import PATIENCE
from tests.test_server import post, server

NAME = "北京甲乙丙丁戊科技有限公司"
TELLING = (NAME, "13800138000", "531234567", "53,123.4567", "little_giant", "小巨人”", "zhang.san")
TALK = (
    f"我们是{NAME}，电话13800138000，在亦庄",
    "小巨人，保费531234567元",
    "我们能领科技保险吗",
    "转人工",
    "看结果",
    "导出我的资料",
)
GROUP = InboundMessage("wecom_group", "room/zhang", "m0", "", NOW, is_group=True, private="zhang")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(path, keep_days=30)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def turns(store: SqliteStore) -> TurnHandler:
    responder = ContentResponder(shipped_bundle, "web", retention_days=30)
    attributes = shipped_bundle().guide.knowledge.attributes
    return TurnHandler(store, responder, lambda: attributes, reporter(Metrics(), lambda: "1"))


async def say(turns: TurnHandler, *texts: str, first: InboundMessage | None = None) -> Reply:
    """The reply to the last of the texts, said one after the other."""
    start = first or InboundMessage("web", "c1", "m0", "", NOW)
    reply = Reply(())
    for number, text in enumerate(texts, 1):
        asked = replace(start, text=text, message_id=f"{text}-{number}", received=NOW + timedelta(minutes=number))
        reply = await turns.handle(asked)
    return reply


def found_in(raw: bytes) -> list[str]:
    return [word for word in TELLING if word.encode() in raw]


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_of_a_removed_user_no_byte_is_left_in_the_store_its_log_or_the_program_s_log(
    turns: TurnHandler, store: SqliteStore, path: Path, log: StringIO
) -> None:
    await say(turns, *TALK)
    assert {NAME, "13800138000", "531234567"} & set(found_in(bytes_on_disk(path.parent)))
    assert len(await store.hand_offs()) == 1

    reply = await say(turns, "删除我的资料", "确定")

    assert reply.forgotten
    assert found_in(bytes_on_disk(path.parent)) == []
    assert await store.hand_offs() == ()
    assert found_in(log.getvalue().encode()) == []
    await store.close()
    assert found_in(bytes_on_disk(path.parent)) == []


async def test_what_another_user_told_stays(turns: TurnHandler, store: SqliteStore) -> None:
    other = InboundMessage("web", "c2", "m0", "", NOW)
    await say(turns, *TALK)
    await say(turns, "通州", "转人工", first=other)

    await say(turns, "删除我的资料", "确定")

    assert [one.key.conversation for one in await store.hand_offs()] == ["c2"]
    assert (await say(turns, "我的资料", first=other)).profile == {"region": "通州区"}


async def test_a_deletion_that_is_not_confirmed_removes_nothing(turns: TurnHandler, store: SqliteStore) -> None:
    await say(turns, *TALK, "删除我的资料", "先不了")

    assert len(await store.hand_offs()) == 1
    assert NAME in "".join(one.text for one in (await say(turns, "导出我的资料一份给我")).messages)


async def test_in_a_group_a_deletion_takes_what_went_to_the_single_chat_as_well(turns: TurnHandler, path: Path) -> None:
    await say(turns, *TALK, first=GROUP)

    await say(turns, "删除我的资料", "确定", first=GROUP)

    assert found_in(bytes_on_disk(path.parent)) == []


async def test_a_turn_that_fails_tells_the_log_nothing_of_the_text(
    store: SqliteStore, path: Path, log: StringIO
) -> None:
    class Broken:
        def respond(self, state: State, said: Said) -> Response:
            raise RuntimeError(f"{state}{said}")

    turns = TurnHandler(store, Broken(), no_attributes, reporter(Metrics(), lambda: "1"))

    with pytest.raises(TurnFailed):
        await say(turns, TALK[0])

    assert "turn_failed" in log.getvalue()
    assert found_in(log.getvalue().encode()) == []
    assert found_in(bytes_on_disk(path.parent)) == []


def test_a_server_forgets_all_of_a_removed_user_and_logs_nothing_of_anyone(tmp_path: Path) -> None:
    with server(tmp_path) as (address, process):
        for text in (*TALK, f"我叫zhang.san，{NAME}"):
            post(address, "zhang.san", text)
        assert {NAME, "13800138000"} & set(found_in(bytes_on_disk(tmp_path)))
        for text in ("删除我的资料", "确定"):
            post(address, "zhang.san", text)
        left = found_in(bytes_on_disk(tmp_path))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)

    assert left == []
    assert found_in((out + err).encode()) == []
    assert found_in(bytes_on_disk(tmp_path)) == []


async def test_a_person_finds_all_that_is_needed_and_nobody_s_name_in_it(
    turns: TurnHandler, store: SqliteStore
) -> None:
    reply = await say(turns, "亦庄，小巨人", "我们能领科技保险吗", "转人工")

    (one,) = await store.hand_offs()

    state = decode_state(one.key, one.content, shipped_bundle().guide.knowledge.attributes)
    assert one.number in reply.messages[0].text
    assert state.profile.values == {"region": "经开区", "specialized_tier": "little_giant"}
    assert [each.said for each in state.exchanges] == ["亦庄，小巨人", "我们能领科技保险吗", "转人工"]
    assert "科技保险" in state.exchanges[1].answered
    assert state.steps == ()


async def test_who_asks_for_a_person_again_keeps_the_number(turns: TurnHandler, store: SqliteStore) -> None:
    await say(turns, "亦庄", "转人工")
    (first,) = await store.hand_offs()
    await say(turns, "小巨人呢", "国家级小巨人", "我要转人工")

    (second,) = await store.hand_offs()

    assert second.number == first.number
    assert second.content != first.content


async def test_another_company_after_a_new_start_is_another_record(turns: TurnHandler, store: SqliteStore) -> None:
    await say(turns, "亦庄", "转人工", "重新开始", "确定", "通州", "我要转人工")

    assert len({one.number for one in await store.hand_offs()}) == 2


async def test_a_repeated_message_hands_over_once_and_tells_the_same_number(
    turns: TurnHandler, store: SqliteStore
) -> None:
    asked = InboundMessage("web", "c1", "same", "转人工", NOW)

    replies = [await turns.handle(asked) for _ in range(3)]

    assert len(set(map(str, replies))) == 1
    assert len(await store.hand_offs()) == 1


async def test_the_copy_is_text_and_json_and_no_copy_of_copies(turns: TurnHandler) -> None:
    reply = await say(turns, "亦庄，小巨人", "导出我的资料", "导出我的资料")

    files = {one.file: "\n".join(m.text for m in reply.messages if m.file == one.file) for one in reply.messages}
    content = json.loads(files["我的资料.json"])
    assert content["profile"] == {"region": "经开区", "specialized_tier": "little_giant"}
    assert [each["user"] for each in content["conversation"]] == ["亦庄，小巨人", "导出我的资料"]
    assert "little_giant" not in content["conversation"][1]["bot"]
    assert "注册地：经开区" in files["我的资料.txt"]
    assert all(len(one.text.encode()) <= 2048 for one in reply.messages)


async def test_the_first_words_state_the_days(store: SqliteStore) -> None:
    responder = ContentResponder(shipped_bundle, "web", retention_days=7)
    turns = TurnHandler(store, responder, lambda: shipped_bundle().guide.knowledge.attributes, lambda _: None)

    assert "7 天不用就自动清除" in (await say(turns, "")).messages[0].text


async def test_the_state_of_a_group_and_of_the_single_chat_are_two(turns: TurnHandler) -> None:
    single = InboundMessage("wecom_single", "zhang", "m0", "", NOW)
    await say(turns, "亦庄，小巨人，保费53万", first=GROUP)

    reply = await say(turns, "我的资料", first=single)

    assert reply.profile == {}


async def test_each_member_of_a_group_has_a_state_of_their_own(turns: TurnHandler) -> None:
    other = replace(GROUP, conversation="room/li", private="li")
    await say(turns, "亦庄，小巨人，保费53万", first=GROUP)

    reply = await say(turns, "看结果", first=other)

    assert reply.profile == {}
    assert "31.8" not in "".join(one.text for one in reply.messages)
    assert {one.target for one in reply.messages} == {Target.CHAT, Target.SINGLE}


async def test_what_the_store_keeps_of_a_removed_user_is_the_key_for_a_week(
    turns: TurnHandler, store: SqliteStore, path: Path
) -> None:
    await say(turns, *TALK, "删除我的资料", "确定")

    with closing(sqlite3.connect(path)) as reader:
        rows = reader.execute("SELECT channel, conversation, state FROM sessions").fetchall()
        replies = reader.execute("SELECT count(*) FROM replies").fetchone()
    assert rows == [("web", "c1", None)]
    assert replies == (1,)
    assert (await store.load(SessionKey("web", "c1"))).state is None
