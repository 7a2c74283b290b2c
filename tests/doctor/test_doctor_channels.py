"""`policybot doctor` against simulated platforms and a server of this installation that runs."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import serve
from bot.doctor.examining import examine
from bot.settings import Settings, load_settings
from tests.redis_servers import free_port
from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.wecom import WeCom

START_SECONDS = 60


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    monkeypatch.setenv("POLICYBOT_PORT", str(free_port()))
    monkeypatch.setenv("POLICYBOT_WATCH", "0")


def given(monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str]) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load_settings(Path("none.env"))


async def examined(settings: Settings) -> Sequence[str]:
    """The lines about the channels."""
    return [str(finding) async for finding in examine(settings)][4:]


CONSOLE = {"POLICYBOT_CONSOLE_PASSWORD": "correct horse battery"}


async def test_a_console_with_a_password_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    without = given(monkeypatch, {})
    assert not [line for line in await examined(without) if "后台" in line]
    async with running(without):
        settings = given(monkeypatch, CONSOLE)
        assert (await examined(settings))[-1].startswith("✗ 工作人员后台 /console：开着的服务没有这个地址")
    assert (await examined(settings))[-1] == "– 工作人员后台 /console：服务没有开着，没有查"
    async with running(settings):
        assert (await examined(settings))[-1].startswith("✓ 工作人员后台 /console：开着")


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[None]:
    """The server of these settings, while it runs."""
    started = asyncio.Event()
    task = asyncio.create_task(serve(settings, lambda _host, _port: started.set()))
    async with asyncio.timeout(START_SECONDS):
        await started.wait()
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_everything_of_wecom_is_right_and_nothing_was_sent_to_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with WeCom() as wecom:
        settings = given(monkeypatch, wecom.environment())
        async with running(settings):
            lines = await examined(settings)

        assert lines == [
            "✓ 企业微信自建应用的回调 /wecom/app：本机验证通过；后台里填 https://您的域名/wecom/app",
            "✓ 企业微信自建应用的 Secret：能取到凭证，接口也认",
            "✓ 企业微信自建应用的 AgentId：和 Secret 是同一个应用的",
            "✓ 微信客服的 Secret：能取到凭证，接口也认",
            "✓ 企业微信智能机器人的回调 /wecom/bot：本机验证通过；后台里填 https://您的域名/wecom/bot",
        ]
        assert wecom.violations == []
        assert wecom.messages.dropped == []


async def test_a_server_with_other_keys_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with WeCom() as wecom:
        async with running(given(monkeypatch, wecom.environment())):
            other = given(monkeypatch, {"POLICYBOT_WECOM_TOKEN": "anotherToken"})
            lines = await examined(other)

        assert lines[0].startswith("✗ 企业微信自建应用的回调 /wecom/app：验证没有通过；开着的服务用的 Token")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"POLICYBOT_WECOM_SECRET": "wrong-one"}, "错误码 40001。Secret 不对"),
        ({"POLICYBOT_WECOM_CORP_ID": "ww9999999999999999"}, "错误码 40013。企业 ID 不对"),
        ({"POLICYBOT_WECOM_API_URL": "http://127.0.0.1:9"}, "连不上接口；看这台机器能不能上网"),
    ],
    ids=["secret", "corp", "address"],
)
async def test_what_is_wrong_with_the_app_is_told_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str], told: str
) -> None:
    async with WeCom() as wecom:
        lines = await examined(given(monkeypatch, {**wecom.environment(), **values}))

    assert lines[0].startswith("– 企业微信自建应用的回调 /wecom/app：服务没有开着")
    assert lines[1].startswith("✗ 企业微信自建应用的 Secret：")
    assert told in lines[1]
    assert "wrong-one" not in "".join(lines)


async def test_a_machine_whose_address_is_not_trusted_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with WeCom() as wecom:
        wecom.platform.is_trusted_ip = False
        lines = await examined(given(monkeypatch, wecom.environment()))

    assert "错误码 60020。这台机器的出口 IP 不在“企业可信IP”里" in lines[1]


async def test_an_agent_of_another_secret_or_one_that_is_stopped_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with WeCom() as wecom:
        wecom.messages.is_stopped = True
        stopped = await examined(given(monkeypatch, wecom.environment()))
        foreign = await examined(given(monkeypatch, {"POLICYBOT_WECOM_AGENT_ID": "1000009"}))

    assert stopped[2].startswith("✗ 企业微信自建应用的 AgentId：应用停用着")
    assert foreign[2].startswith("✗ 企业微信自建应用的 AgentId：错误码 301002。和 Secret 不是同一个应用的")


async def test_the_long_connection_is_reached_without_pushing_out_the_one_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with WeCom() as wecom:
        lines = await examined(given(monkeypatch, wecom.environment(is_connected=True)))
        away = await examined(given(monkeypatch, {"POLICYBOT_WECOM_BOT_URL": "ws://127.0.0.1:9"}))

    assert lines[-1].startswith("✓ 企业微信智能机器人的长连接：连得上")
    assert away[-1].startswith("✗ 企业微信智能机器人的长连接：连不上 ws://127.0.0.1:9；")


@pytest.mark.parametrize("mode", [Mode.HTTP, Mode.STREAM])
async def test_everything_of_dingtalk_is_right(monkeypatch: pytest.MonkeyPatch, mode: Mode) -> None:
    async with DingTalk(mode=mode) as dingtalk:
        settings = given(monkeypatch, dingtalk.settings)
        async with running(settings):
            lines = await examined(settings)

        assert lines[0] == "✓ 钉钉机器人的 Client ID 和 Client Secret：能取到凭证"
        assert lines[1].startswith(
            "✓ 钉钉 Stream 连接" if mode is Mode.STREAM else "✓ 钉钉机器人的回调 /dingtalk/robot"
        )
        assert dingtalk.violations == []


async def test_a_robot_that_dingtalk_does_not_know_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with DingTalk(mode=Mode.STREAM) as dingtalk:
        wrong = {**dingtalk.settings, "POLICYBOT_DINGTALK_CLIENT_SECRET": "wrong-one"}
        lines = await examined(given(monkeypatch, wrong))

    assert [line[0] for line in lines] == ["✗", "✗"]
    assert "钉钉不认；到开放平台" in lines[0]
    assert "wrong-one" not in "".join(lines)


async def test_the_call_back_of_cards_and_the_digest_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = {"POLICYBOT_DINGTALK_CARD_TEMPLATE": "t1", "POLICYBOT_DINGTALK_CARD_SECRET": "card-secret"}
    webhook = {"POLICYBOT_DINGTALK_DIGEST_WEBHOOK": "https://oapi.dingtalk.com/robot/send?access_token=hidden"}
    async with DingTalk(mode=Mode.HTTP) as dingtalk:
        settings = given(monkeypatch, {**dingtalk.settings, **cards, **webhook})
        async with running(settings):
            lines = await examined(settings)

    assert lines[2].startswith("✓ 钉钉互动卡片的回调 /dingtalk/card：本机开着")
    assert lines[3].startswith("✓ 钉钉群提醒：每周一 09:00 发；")
    assert "hidden" not in "".join(lines)
