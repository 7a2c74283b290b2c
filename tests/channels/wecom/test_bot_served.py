"""The AI bot as the settings turn it on, in each of its two ways, with the store in a file."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings
from tests.contracts.speakers import housed_with_wecom

OF_THE_APP = ("CORP_ID", "AGENT_ID", "TOKEN", "AES_KEY", "SECRET", "KF_SECRET")


@pytest.mark.parametrize("is_connected", [False, True], ids=["callback", "long connection"])
async def test_conversation_with_clicks_and_a_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_connected: bool
) -> None:
    housed = housed_with_wecom(tmp_path, monkeypatch, is_connected=is_connected, without=OF_THE_APP)
    async with housed as (_, wecom):
        user, member = wecom.bot_user("zhangsan"), wecom.group().member("zhangsan")

        await user.enters()
        await user.inbox.find("政策小助手")
        await user.says("通州区")
        await user.inbox.find("注册地：通州区")
        await user.inbox.until(lambda: bool(user.inbox[-1].labels), 5)
        await user.clicks("都没有")
        await user.inbox.find("没有专精特新类认定")
        await member.says("@政策小助手 我的资料")
        await member.inbox.find("单聊")

        assert "注册地：通州区" not in "".join(member.inbox.texts)
        assert wecom.violations == []


def test_two_ways_at_once_are_refused_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"TOKEN": "abc", "AES_KEY": "a" * 43, "ID": "AIBOT1", "SECRET": "s"}
    for name, value in given.items():
        monkeypatch.setenv(f"POLICYBOT_WECOM_BOT_{name}", value)

    with pytest.raises(SettingsError, match="只能用一种方式"):
        load_settings(tmp_path / "none.env")
