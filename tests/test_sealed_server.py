"""A server whose store is sealed, and whose visitors are counted."""

import base64
import urllib.error
from pathlib import Path

import pytest

from bot.sessions.key_ring import MAGIC
from bot.turns import TOO_FAST
from tests.commands import run
from tests.simulators.base import PATIENCE
from tests.test_server import post, server, talk

NAME = "北京甲乙丙丁戊科技有限公司"
KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(32)).decode()


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("policybot.sqlite3*"))


def test_what_a_server_keeps_is_sealed_and_staff_read_it_with_the_key_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(tmp_path, POLICYBOT_STORE_KEY=KEY) as (address, process):
        talk(address, "owner", f"我们是{NAME}，在亦庄", "转人工")
        kept = bytes_in(tmp_path)
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
    assert NAME.encode() not in kept
    assert MAGIC in kept
    assert KEY not in err

    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path / 'policybot.sqlite3'}")
    for key in ("", OTHER):
        monkeypatch.setenv("POLICYBOT_STORE_KEY", key)
        for command in (("handoffs",), ("profiles",), ("outbox",)):
            refused = run(*command)
            assert (refused.status, "POLICYBOT_STORE_KEY" in refused.err) == (1, True)
    monkeypatch.setenv("POLICYBOT_STORE_KEY", f"{OTHER},{KEY}")

    assert '"region": "经开区"' in run("profiles").out
    assert run("handoffs").status == 0


def test_after_resealing_beside_the_server_the_old_key_may_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path / 'policybot.sqlite3'}")
    with server(tmp_path, POLICYBOT_STORE_KEY=KEY) as (address, _):
        talk(address, "owner", "在亦庄", "转人工")
    monkeypatch.setenv("POLICYBOT_STORE_KEY", f"{OTHER},{KEY}")
    with server(tmp_path, POLICYBOT_STORE_KEY=f"{OTHER},{KEY}") as (address, _):
        done = run("reseal")
        later = talk(address, "owner", "小巨人")
    monkeypatch.setenv("POLICYBOT_STORE_KEY", OTHER)

    assert done.out.startswith("用第一把密钥重新加密了 ")
    assert later["state"]["profile"]["region"] == "经开区"
    assert '"region": "经开区"' in run("profiles").out
    assert run("reseal").out == "用第一把密钥重新加密了 0 条。\n"
    monkeypatch.setenv("POLICYBOT_STORE_KEY", "")
    assert "没有设置密钥" in run("reseal").err


def test_who_sends_too_fast_is_told_so_with_429(tmp_path: Path) -> None:
    with server(tmp_path, POLICYBOT_PER_MINUTE="1") as (address, _):
        talk(address, "fast", "", "亦庄")
        with pytest.raises(urllib.error.HTTPError) as refused:
            post(address, "fast", "通州")
        told = refused.value.read().decode()
        other = talk(address, "calm", "亦庄")

    assert (refused.value.code, refused.value.headers["Retry-After"]) == (429, "10")
    assert TOO_FAST in told
    assert other["state"]["profile"] == {"region": "经开区"}
