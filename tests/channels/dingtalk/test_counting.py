"""What of DingTalk's answers is counted, and under which names."""

import pytest

from bot.channels.dingtalk.api import SINGLE_PATH, TOKEN_PATH
from bot.channels.dingtalk.calls import Answer
from bot.channels.dingtalk.counting import count_answer
from bot.channels.dingtalk.gateway import OPEN_PATH
from bot.channels.platform_errors import Kind
from tests.channels.dingtalk.running import QUICK, running
from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.dingtalk.gateway import CONNECT_PATH
from tests.simulators.dingtalk.webhooks import SESSION_PATH

API = "https://api.dingtalk.com"
WEBHOOK = "https://oapi.dingtalk.com/robot/sendBySession?session=secret"


@pytest.mark.parametrize(
    ("url", "answer", "error"),
    [
        (WEBHOOK, Answer(0, why="TimeoutError"), ("webhook", "no_answer", Kind.RETRY)),
        (WEBHOOK, Answer(200, {"errcode": 310000}), ("webhook", "other", Kind.PERMANENT)),
        (WEBHOOK, Answer(200, {"errcode": 410100}), ("webhook", "410100", Kind.RATE)),
        (API + SINGLE_PATH, Answer(403), (SINGLE_PATH, "banned", Kind.RATE)),
        (API + SINGLE_PATH, Answer(503, {"code": "x"}), (SINGLE_PATH, "http_5xx", Kind.RETRY)),
        (API + SINGLE_PATH, Answer(401, {"code": "Unauthorized"}), (SINGLE_PATH, "unauthorized", Kind.RETRY)),
        (API + SINGLE_PATH, Answer(200, {"flowControlledStaffIdList": ["a"]}), (SINGLE_PATH, "other", Kind.RATE)),
        (API + SINGLE_PATH, Answer(200, {"invalidStaffIdList": ["a"]}), (SINGLE_PATH, "other", Kind.RECEIVER)),
        (API + TOKEN_PATH, Answer(400, {"code": "王小明"}), (TOKEN_PATH, "http_4xx", Kind.CONFIG)),
        (API + OPEN_PATH, Answer(401, {"code": "authFailed"}), (OPEN_PATH, "http_4xx", Kind.CONFIG)),
        (API + SINGLE_PATH, Answer(200, {"processQueryKey": "x"}), None),
        (API + SINGLE_PATH, Answer(400, {"code": "param.cardAlreadyExist"}), None),
    ],
    ids=str,
)
def test_each_answer_has_its_name_and_kind(url: str, answer: Answer, error: tuple[str, str, Kind] | None) -> None:
    counted: list[tuple[str, str, Kind]] = []

    count_answer(lambda *one: counted.append(one), url, answer)

    assert counted == ([] if error is None else [error])


async def test_calls_of_the_door_are_counted() -> None:
    async with DingTalk(mode=Mode.HTTP, timing=QUICK) as dingtalk, running(dingtalk) as bot:
        dingtalk.faults.fail(SESSION_PATH, 1, status=503)

        await dingtalk.member("p1").says("你好")
        await bot.settles()

        shown = bot.metrics.render().decode()
        assert 'policybot_platform_errors_total{kind="config",platform="dingtalk"} 0.0' in shown
        assert 'policybot_platform_codes_total{call="webhook",code="http_5xx",platform="dingtalk"} 1.0' in shown


async def test_a_connection_that_cannot_be_opened_is_counted() -> None:
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as dingtalk:
        dingtalk.faults.fail(CONNECT_PATH, 1, status=401)
        async with running(dingtalk) as bot:
            shown = bot.metrics.render().decode()

    assert 'policybot_platform_codes_total{call="connect",code="no_answer",platform="dingtalk"} 1.0' in shown
