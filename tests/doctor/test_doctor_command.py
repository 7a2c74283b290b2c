"""`policybot doctor` on an installation without channels, and one whose content or store is broken."""

from pathlib import Path

import pytest

from tests.commands import run
from tests.redis_servers import Server


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    monkeypatch.setenv("POLICYBOT_PORT", "9")  # the port of a service that nobody runs


def test_an_installation_on_defaults_has_nothing_wrong() -> None:
    done = run("doctor")

    assert done.status == 0
    assert done.lines[0].startswith("✓ 内容：")
    assert done.lines[1] == "✓ 保存对话的地方：能读能写"
    assert done.lines[2].startswith("– 对话加密：没有设置密钥")
    assert done.lines[3].startswith("– 服务：没有开着；用 policybot serve 启动后再查一次")
    assert done.lines[4].startswith("– 企业微信和钉钉：都没有设置")
    assert done.lines[-1] == "没有发现问题。"


def test_what_is_wrong_is_counted_and_ends_with_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path}/none/store.sqlite3")

    done = run("doctor")

    assert done.status == 1
    assert f"✗ 保存对话的地方：没有文件夹 {tmp_path}/none；请先建好" in done.lines
    assert done.lines[-1] == "有 1 处要改。"


def test_a_redis_without_streams_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(["--rename-command", "XAUTOCLAIM", ""]).start()  # as before 6.2
    monkeypatch.setenv("POLICYBOT_STORE", server.address)

    done = run("doctor")

    server.remove()
    assert "✗ 保存对话的地方：Redis 太旧，没有 XAUTOCLAIM 命令；请用 6.2 或更新的版本" in done.lines


def test_settings_that_contradict_each_other_are_told_before_anything_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POLICYBOT_DINGTALK_CLIENT_ID", "ding1")

    done = run("doctor")

    assert (done.status, done.out) == (1, "")
    assert "钉钉机器人还缺 POLICYBOT_DINGTALK_CLIENT_SECRET" in done.err
