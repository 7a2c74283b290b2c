"""Answers on their way out: webhooks that end, flow control, bans, pages instead of JSON, stale tokens."""

from collections.abc import AsyncIterator

import pytest

from bot.sessions.memory import MemoryStore
from tests.channels.dingtalk.echoing import echoing
from tests.channels.dingtalk.running import QUICK, Running, running
from tests.simulators.dingtalk import DingTalk, HandClock, Mode
from tests.simulators.dingtalk.robots import GROUP_PATH, SINGLE_PATH
from tests.simulators.dingtalk.webhooks import SESSION_PATH
from tests.waiting import until

TOKEN_PATH = "/v1.0/oauth2/accessToken"


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.HTTP, timing=QUICK, clock=HandClock()) as platform:
        yield platform
        assert platform.violations == []


@pytest.fixture
async def bot(dingtalk: DingTalk) -> AsyncIterator[Running]:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store)) as run:
        yield run


async def why_put_off(bot: Running) -> str:
    """Why the first answer waits."""
    waiting = [one for one in await bot.store.outbox.waiting() if one.attempts]
    return waiting[0].why if waiting else ""


async def put_off(bot: Running) -> str:
    """The reason, once an answer was put off."""
    for _ in range(500):
        if why := await why_put_off(bot):
            return why
        await bot.store.outbox.wait(0.01)
    raise AssertionError("nothing was put off")


async def try_again(bot: Running) -> None:
    """Let all that waits be sent now."""
    for one in await bot.store.outbox.waiting():
        await bot.store.outbox.retry(one.parcel.id)
    await bot.settles()


async def test_a_webhook_that_is_over_by_its_own_time_is_not_called_any_more(dingtalk: DingTalk) -> None:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store), is_answering=False):
        await dingtalk.member("0147").says("甲")
        await dingtalk.group().member("0150").says("@policybot 乙")
    dingtalk.platform.clock.advance(5_400)  # type: ignore[attr-defined]

    async with running(dingtalk, store, turns=echoing(store)) as bot:
        await bot.settles()

    assert dingtalk.member("0147").sees.via == SINGLE_PATH
    assert dingtalk.group().replies[-1].text == "用户0150：\n\n1：乙"
    assert dingtalk.calls(SESSION_PATH) == []
    assert len(dingtalk.calls(GROUP_PATH)) == 1


async def test_a_webhook_that_ended_early_gives_way_to_the_robots_interface(dingtalk: DingTalk, bot: Running) -> None:
    dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001, "errmsg": "session 不存在"})

    await dingtalk.member("0147").says("甲")
    await bot.settles()

    assert [message.via for message in dingtalk.member("0147").inbox] == [SINGLE_PATH]


async def test_a_webhook_that_is_used_too_often_gives_way_to_the_robots_interface(
    dingtalk: DingTalk, bot: Running
) -> None:
    group = dingtalk.group()
    for number in range(25):
        await group.member(f"p{number}").says(f"@policybot 第{number}句")
    await bot.settles()

    ways = [message.via for message in group.replies]
    assert ways.count(SESSION_PATH) == 20
    assert ways.count(GROUP_PATH) == 5


async def test_a_webhook_is_spared_as_long_as_a_call_may_have_been_late(dingtalk: DingTalk) -> None:
    store, group = MemoryStore(lambda: dingtalk.platform.clock.now() / 1000), dingtalk.group()
    async with running(dingtalk, store, turns=echoing(store)) as bot:
        for pause, count in ((0, 20), (61, 1), (10, 1)):
            dingtalk.platform.clock.advance(pause)  # type: ignore[attr-defined]
            for number in range(count):
                await group.member(f"p{number}").says(f"@policybot 第{number}句")
            await bot.settles()

    assert [message.via for message in group.replies] == [*[SESSION_PATH] * 20, GROUP_PATH, SESSION_PATH]


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, {"status": 1111, "punish": "deny"}), (405, "<html>您的访问被阻断</html>"), (200, "<html>login</html>")],
    ids=["bare status", "page", "page with 200"],
)
async def test_a_machine_that_is_shut_out_calls_nobody_until_it_is_over(
    dingtalk: DingTalk, bot: Running, status: int, body: object
) -> None:
    dingtalk.faults.fail(SESSION_PATH, 1, status=status, body=body)  # type: ignore[arg-type]
    await dingtalk.member("0147").says("甲")
    why = await put_off(bot)
    await dingtalk.member("0148").says("乙")
    calls = sum(len(dingtalk.calls(path)) for path in (SESSION_PATH, SINGLE_PATH, TOKEN_PATH))

    dingtalk.platform.clock.advance(301)  # type: ignore[attr-defined]
    await try_again(bot)

    assert why in {"shut out", "banned"}
    assert calls == 1
    assert [message.text for message in dingtalk.member("0147").inbox] == ["1：甲"]
    assert [message.text for message in dingtalk.member("0148").inbox] == ["1：乙"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, None),
        (503, "<html>busy</html>"),
        (429, {"code": "Throttling", "message": "slow down"}),
        (200, {"errcode": 90002, "errmsg": "global limit"}),
        (200, {"errcode": -1, "errmsg": "busy"}),
        (403, {"code": "Forbidden.AccessDenied.QpsLimitForApi", "message": "too fast"}),
    ],
    ids=["500", "503 with a page", "429", "90002", "busy", "calls a second"],
)
async def test_an_interface_that_is_busy_is_called_again(
    dingtalk: DingTalk, bot: Running, status: int, body: object
) -> None:
    dingtalk.webhooks.forget_sessions()
    dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001})
    dingtalk.faults.fail(SINGLE_PATH, 1, status=status, body=body)  # type: ignore[arg-type]

    await dingtalk.member("0147").says("甲")
    why = await put_off(bot)
    await try_again(bot)

    assert why
    assert [message.text for message in dingtalk.member("0147").inbox] == ["1：甲"]


async def test_a_network_that_fails_is_tried_again(dingtalk: DingTalk, bot: Running) -> None:
    dingtalk.faults.cut(SESSION_PATH, 1)

    await dingtalk.member("0147").says("甲")
    why = await put_off(bot)
    await try_again(bot)

    assert why
    assert [message.text for message in dingtalk.member("0147").inbox] == ["1：甲"]


async def test_status_200_with_flow_control_is_not_delivery(dingtalk: DingTalk, bot: Running) -> None:
    dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001})
    dingtalk.faults.fail(
        SINGLE_PATH,
        1,
        status=200,
        body={"processQueryKey": "x", "invalidStaffIdList": [], "flowControlledStaffIdList": ["0147"]},
    )

    await dingtalk.member("0147").says("甲")
    why = await put_off(bot)
    await try_again(bot)

    assert why == "flow control"
    assert [message.text for message in dingtalk.member("0147").inbox] == ["1：甲"]


async def test_who_can_not_be_reached_at_all_is_given_up_and_told_apart(dingtalk: DingTalk, bot: Running) -> None:
    dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001})

    await dingtalk.member("x9", outside=True).says("甲")
    await bot.settles()

    (dead,) = await bot.store.outbox.waiting()
    assert dead.is_dead
    assert dead.why == "status 200 code 300001"


async def test_a_token_is_fetched_once_and_renewed_once_when_it_is_no_longer_taken(
    dingtalk: DingTalk, bot: Running
) -> None:
    group = dingtalk.group()
    for text in ("亦庄", "海淀"):
        dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001})
        await group.member("0150").says(f"@policybot {text}")
        await bot.settles()
    fetched = len(dingtalk.calls(TOKEN_PATH))
    dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001})
    dingtalk.faults.fail(GROUP_PATH, 1, status=401, body={"code": "InvalidAuthentication", "message": "stale"})
    await group.member("0150").says("@policybot 通州")
    await bot.settles()

    assert fetched == 1
    assert len(dingtalk.calls(TOKEN_PATH)) == 2
    assert len(group.replies) == 3


async def test_a_token_that_is_refused_is_asked_for_again_later(dingtalk: DingTalk, bot: Running) -> None:
    dingtalk.faults.fail(SESSION_PATH, 1, status=200, body={"errcode": 300001})
    dingtalk.faults.fail(TOKEN_PATH, 1, status=503)

    await dingtalk.member("0147").says("甲")
    why = await put_off(bot)
    await try_again(bot)

    assert why == "status 503"
    assert len(dingtalk.member("0147").inbox) == 1


async def test_answers_of_one_person_arrive_in_the_order_of_the_questions(dingtalk: DingTalk, bot: Running) -> None:
    dingtalk.faults.cut(SESSION_PATH, 1)
    user = dingtalk.member("0147")
    for text in ("甲", "乙", "丙"):
        await user.says(text)

    await until(lambda: len(user.inbox) == 3)

    assert [message.text for message in user.inbox] == ["1：甲", "2：乙", "3：丙"]
    await bot.settles()
