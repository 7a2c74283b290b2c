"""What somebody else may post to the app's address: refused in one way, and nothing comes of it."""

import asyncio
import gzip
from io import BytesIO

import aiohttp
import pytest

from bot.channels.wecom import reception
from tests.channels.wecom.app_stage import Stage, app_stage
from tests.simulators.base import PATIENCE
from tests.simulators.wecom.callbacks import Door, Envelope
from tests.simulators.wecom.crypto import Crypto

HOSTILE = (
    b"",
    b"hello",
    b"<xml/>",
    b"<xml>" * 10_000,
    b"\xff\xfe\x00",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><xml><Encrypt>&a;</Encrypt></xml>",
    b"x" * 60_000,
)


@pytest.mark.parametrize("body", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
async def test_a_hostile_body_gets_400_without_a_word(body: bytes) -> None:
    async with app_stage() as stage, aiohttp.ClientSession() as http:
        response = await http.post(f"{stage.url}/wecom/app?msg_signature=a&timestamp=1&nonce=n", data=body)

        assert response.status == 400
        assert await response.read() == b""


async def test_twenty_megabytes_are_not_even_read() -> None:
    async with app_stage() as stage, aiohttp.ClientSession() as http:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with http.post(f"{stage.url}/wecom/app", data=BytesIO(b"<a>" * 7_000_000)) as response:
                assert response.status == 400
        except aiohttp.ClientError:
            pass  # cut while it was still sending
        assert loop.time() - began < 10

        await stage.wecom.member("zhangsan").says("你好")
        assert stage.wecom.violations == []


async def test_a_body_in_pieces_without_an_end_is_refused() -> None:
    async def pieces() -> object:
        for _ in range(40):
            yield b"x" * 4096

    async with app_stage() as stage, aiohttp.ClientSession() as http:
        try:
            async with http.post(f"{stage.url}/wecom/app", data=pieces()) as response:
                assert response.status == 400
        except aiohttp.ClientError:
            pass


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(bytes(30_000_000))], ids=["garbage", "bomb"])
async def test_a_body_that_is_packed_badly_or_too_well_is_refused(body: bytes) -> None:
    async with app_stage() as stage, aiohttp.ClientSession() as http:
        sent = http.post(f"{stage.url}/wecom/app", data=body, headers={"Content-Encoding": "gzip"})
        async with sent as response:
            assert response.status == 400


async def test_a_body_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "BODY_SECONDS", 0.05)
    async with app_stage() as stage:
        host, port = stage.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /wecom/app HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<xml>")

        answer = await asyncio.wait_for(reader.readline(), PATIENCE)

        writer.close()
        await writer.wait_closed()
        assert b" 400 " in answer


async def posted_by(stage: Stage, crypto: Crypto, message: str) -> int:
    """The status that a callback of this crypto gets."""
    door = Door(stage.wecom.platform, "/wecom/app", crypto, is_json=False)
    try:
        status, _ = await door.post(door.seal(message))
    finally:
        await door.close()
    return status


@pytest.mark.parametrize("part", ["token", "aes_key", "corp_id"])
async def test_another_key_token_or_company_gets_400(part: str) -> None:
    async with app_stage() as stage:
        given = stage.wecom.platform.accounts
        own = {"token": given.token, "aes_key": given.aes_key, "corp_id": given.corp_id}
        other = {**own, part: {"token": "other", "aes_key": "A" * 43, "corp_id": "ww99"}[part]}

        assert await posted_by(stage, Crypto(*other.values()), "<xml/>") == 400
        assert await posted_by(stage, Crypto(*own.values()), "<xml/>") == 200
        assert stage.has_figure('policybot_errors_total{kind="wecom_callback_refused"} 1.0')


async def test_a_clock_that_is_wrong_is_told_to_the_operators(capsys: pytest.CaptureFixture[str]) -> None:
    async with app_stage() as stage:
        envelope = stage.wecom.app_door.seal("<xml/>")
        stage.clock.advance(3600)

        status, _ = await stage.wecom.app_door.post(envelope)

        assert status == 400
        assert "why=clock" in capsys.readouterr().out


async def test_a_captured_callback_that_is_posted_again_does_nothing() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        delivery = await member.says("亦庄")
        await stage.settled()

        for _ in range(3):
            assert (await stage.wecom.app_door.post(delivery.envelope))[0] == 200
        await stage.settled()

        assert len(member.inbox) == 2


async def test_a_query_without_its_parts_is_refused() -> None:
    async with app_stage() as stage:
        envelope = stage.wecom.app_door.seal("<xml/>")
        for name in envelope.query:
            query = {key: value for key, value in envelope.query.items() if key != name}
            status, _ = await stage.wecom.app_door.post(Envelope(envelope.url, query, envelope.body, "text/xml"))
            assert status == 400
