"""微信客服 as the settings turn it on: the app's address takes its events, both doors send, the store is a file."""

from pathlib import Path

import pytest

from tests.contracts.speakers import housed_with_wecom


async def test_a_customer_is_welcomed_asked_answered_and_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with housed_with_wecom(tmp_path, monkeypatch) as (_, wecom):
        agent, customer = wecom.agent("xiaoli"), wecom.customer()

        await customer.enters()
        [welcome] = await customer.inbox.take()
        await customer.says("1")
        [asked] = await customer.inbox.take()
        await customer.clicks_menu("4 国家级专精特新“小巨人”")
        [after] = await customer.inbox.take()
        await customer.says("转人工")
        handed = await customer.inbox.take(2)
        await agent.takes(customer)

        assert "政策小助手" in welcome.text
        assert asked.kind == "msgmenu"
        assert "国家级专精特新“小巨人”" in after.text
        assert ["记录号" in handed[0].text, "请稍等" in handed[1].text] == [True, True]
        assert wecom.violations == []


async def test_the_app_and_customer_service_work_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with housed_with_wecom(tmp_path, monkeypatch) as (_, wecom):
        member, customer = wecom.member("zhangsan"), wecom.customer()

        await member.says("亦庄")
        await customer.says("我的资料")
        to_member = await member.inbox.take()
        to_customer = await customer.inbox.take()

        assert "注册地：经开区" in to_member[0].text
        assert "注册地：经开区" not in to_customer[0].text
        assert wecom.violations == []
