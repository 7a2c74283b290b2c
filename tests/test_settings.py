"""Settings from the environment and a file, with all problems told at once."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import SECRETS, LogFormat, Settings, describe_settings, load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("POLICYBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


STORES = "请写成 sqlite:///文件路径，例如 sqlite:///policybot.sqlite3；几台机器一起用时写 redis:// 开头的地址"


def refuse() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_defaults_serve_on_this_machine_with_a_store_in_the_working_folder() -> None:
    settings = load_settings()

    assert (settings.host, settings.port, settings.web) == ("127.0.0.1", 8080, True)
    assert settings.store_path == Path("policybot.sqlite3")
    assert (settings.content, settings.retention_days, settings.log_format) == (None, 30, LogFormat.TEXT)


def test_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("POLICYBOT_PORT=9000\nPOLICYBOT_WEB=0\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("POLICYBOT_PORT", "9001")

    settings = load_settings()

    assert (settings.port, settings.web) == (9001, False)


def test_empty_setting_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_PORT", "")
    monkeypatch.setenv("POLICYBOT_WECOM_TOKEN", "")

    assert load_settings().port == 8080


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "POLICYBOT_PORT": "http",
        "POLICYBOT_HSOT": "0.0.0.0",
        "POLICYBOT_RETENTION_DAYS": "0",
        "POLICYBOT_STORE": "mysql://user:hidden-word@host",
        "POLICYBOT_LOG_FORMAT": "xml",
        "POLICYBOT_WEB": "maybe",
        "POLICYBOT_WECOM_TOKEN": "hidden-word",
    }.items():
        monkeypatch.setenv(name, value)

    told = refuse()

    assert told.splitlines() == [
        "设置有问题，程序没有启动：",
        "  - POLICYBOT_HSOT：没有这项设置；是不是想写 POLICYBOT_HOST？",
        "  - POLICYBOT_WECOM_TOKEN：应是管理后台里的 Token：至多 32 个英文字母或数字",
        "  - POLICYBOT_PORT：应是一个整数",
        f"  - POLICYBOT_STORE：{STORES}",
        "  - POLICYBOT_WEB：应填 1 或 0",
        "  - POLICYBOT_RETENTION_DAYS：不能小于 1",
        "  - POLICYBOT_LOG_FORMAT：应填 text 或 json",
    ]


def test_unknown_name_in_the_file_is_an_error_too() -> None:
    Path(".env").write_text("POLICYBOT_ZZZZ=1\n", encoding="utf-8")

    assert "POLICYBOT_ZZZZ：没有这项设置；可用的设置见 policybot serve --help" in refuse()


def test_secret_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "address").write_text("sqlite:////data/talks.sqlite3\n", encoding="utf-8")
    monkeypatch.setenv("POLICYBOT_STORE_FILE", str(tmp_path / "address"))

    assert load_settings().store_path == Path("/data/talks.sqlite3")


def test_secret_given_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", "sqlite:///a")
    monkeypatch.setenv("POLICYBOT_STORE_FILE", "b")

    assert "POLICYBOT_STORE 和 POLICYBOT_STORE_FILE 只能填一个" in refuse()


def test_secret_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE_FILE", "/none/such")

    assert "POLICYBOT_STORE_FILE：读不了文件 /none/such" in refuse()


def test_content_folder_must_have_its_three_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dialogs").mkdir()
    monkeypatch.setenv("POLICYBOT_CONTENT", str(tmp_path))

    assert "现在缺少 knowledge、templates" in refuse()


@pytest.mark.parametrize("store", ["sqlite:///", "sqlite://a", "a.sqlite3", "http://host"])
def test_store_must_be_a_file_of_sqlite_or_redis(monkeypatch: pytest.MonkeyPatch, store: str) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", store)

    assert "POLICYBOT_STORE：请写成 sqlite:///文件路径" in refuse()


def test_an_address_of_redis_that_cannot_be_read_is_told_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", "redis://:hidden@host/zero")

    assert "POLICYBOT_STORE：库号应是数字" in refuse()
    assert "hidden" not in refuse()


def test_store_in_memory_would_forget_everything_and_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", "sqlite:///:memory:")

    assert "POLICYBOT_STORE：会话要保存在文件里" in refuse()


def test_file_in_a_broken_encoding_is_an_error() -> None:
    Path(".env").write_bytes(b"POLICYBOT_HOST=\xff\xfe\n")

    assert "读不了设置文件 .env" in refuse()


def test_every_setting_is_described() -> None:
    rows = describe_settings()

    assert {row.name for row in rows} == {f"POLICYBOT_{name.upper()}" for name in Settings.model_fields}
    assert rows[0].name == "POLICYBOT_HOST"
    assert all(row.meaning and row.default for row in rows)
    assert ("POLICYBOT_WEB", "1") in [(row.name, row.default) for row in rows]
    assert ("POLICYBOT_LOG_FORMAT", "text") in [(row.name, row.default) for row in rows]


APP = {
    "POLICYBOT_WECOM_CORP_ID": "ww00000000000000ab",
    "POLICYBOT_WECOM_AGENT_ID": "1000002",
    "POLICYBOT_WECOM_TOKEN": "Tk9mCbot2026vector",
    "POLICYBOT_WECOM_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def give(monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_no_channel_is_on_by_default() -> None:
    settings = load_settings()

    assert (settings.wecom_app, settings.wecom_bot, settings.dingtalk) == (None, None, None)


def test_four_settings_turn_the_app_on_for_passive_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, APP)

    app = load_settings().wecom_app

    assert app is not None
    assert (app.corp_id, app.agent_id, app.secret, app.kf_secret) == ("ww00000000000000ab", 1000002, None, None)
    assert app.api_url == "https://qyapi.weixin.qq.com"
    assert "Tk9mC" not in repr(app)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(
            {"POLICYBOT_WECOM_SECRET": "s"},
            "企业微信自建应用还缺 POLICYBOT_WECOM_CORP_ID、POLICYBOT_WECOM_AGENT_ID、"
            "POLICYBOT_WECOM_TOKEN、POLICYBOT_WECOM_AES_KEY",
            id="a secret alone",
        ),
        pytest.param({**APP, "POLICYBOT_WECOM_TOKEN": ""}, "企业微信自建应用还缺 POLICYBOT_WECOM_TOKEN；", id="three"),
        pytest.param({"POLICYBOT_WECOM_KF_SECRET": "s"}, "微信客服还缺 POLICYBOT_WECOM_CORP_ID", id="kf alone"),
        pytest.param({"POLICYBOT_WECOM_KF_SERVICER": "li"}, "POLICYBOT_WECOM_KF_SECRET", id="kf servicer alone"),
        pytest.param({"POLICYBOT_WECOM_BOT_ID": "b"}, "（长连接方式）还缺 POLICYBOT_WECOM_BOT_SECRET", id="half a bot"),
        pytest.param(
            {
                "POLICYBOT_WECOM_BOT_ID": "b",
                "POLICYBOT_WECOM_BOT_SECRET": "s",
                "POLICYBOT_WECOM_BOT_TOKEN": "t",
                "POLICYBOT_WECOM_BOT_AES_KEY": APP["POLICYBOT_WECOM_AES_KEY"],
            },
            "智能机器人只能用一种方式",
            id="a bot both ways",
        ),
        pytest.param(
            {"POLICYBOT_DINGTALK_CLIENT_ID": "d"}, "钉钉机器人还缺 POLICYBOT_DINGTALK_CLIENT_SECRET", id="ding"
        ),
        pytest.param(
            {"POLICYBOT_DINGTALK_CARD_TEMPLATE": "t"}, "钉钉机器人还缺 POLICYBOT_DINGTALK_CLIENT_ID", id="ding cards"
        ),
        pytest.param(
            {
                "POLICYBOT_DINGTALK_CLIENT_ID": "d",
                "POLICYBOT_DINGTALK_CLIENT_SECRET": "s",
                "POLICYBOT_DINGTALK_CARD_TEMPLATE": "t",
            },
            "HTTP 方式下还缺 POLICYBOT_DINGTALK_CARD_SECRET",
            id="ding cards by HTTP",
        ),
        pytest.param(
            {"POLICYBOT_DINGTALK_DIGEST_SECRET": "SEC1"},
            "钉钉群提醒还缺 POLICYBOT_DINGTALK_DIGEST_WEBHOOK",
            id="half a digest",
        ),
        pytest.param(
            {"POLICYBOT_DINGTALK_DIGEST_WEBHOOK": "https://oapi.dingtalk.com/robot/send"},
            "应是自定义机器人的 Webhook 地址",
            id="digest address",
        ),
        pytest.param(
            {"POLICYBOT_DINGTALK_DIGEST_WHEN": "每周八 25:00"}, "应写成“每天 09:00”或“每周一 09:00”", id="digest time"
        ),
        pytest.param({"POLICYBOT_WECOM_AES_KEY": "short"}, "正好 43 个英文字母或数字", id="key"),
        pytest.param(
            {"POLICYBOT_DINGTALK_API_URL": "ftp://x"}, "POLICYBOT_DINGTALK_API_URL：应以 https:// 开头", id="url"
        ),
    ],
)
def test_half_of_a_channel_is_an_error_that_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str], told: str
) -> None:
    give(monkeypatch, given)

    assert told in refuse()


def test_secrets_of_channels_may_come_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden-word\n", encoding="utf-8")
    give(
        monkeypatch,
        {"POLICYBOT_DINGTALK_CLIENT_ID": "ding1", "POLICYBOT_DINGTALK_CLIENT_SECRET_FILE": str(tmp_path / "secret")},
    )

    robot = load_settings().dingtalk

    assert robot is not None
    assert robot.client_secret.get_secret_value() == "hidden-word"
    assert not robot.is_stream


def test_the_digest_of_dingtalk_is_set_apart_from_the_robot(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "https://oapi.dingtalk.com/robot/send?access_token=t0k"
    give(monkeypatch, {"POLICYBOT_DINGTALK_DIGEST_WEBHOOK": address, "POLICYBOT_DINGTALK_DIGEST_WHEN": "每天 8：30"})

    settings = load_settings()

    assert settings.dingtalk is None
    assert settings.dingtalk_digest is not None
    assert settings.dingtalk_digest.webhook.get_secret_value() == address
    assert "t0k" not in repr(settings)
    assert "POLICYBOT_DINGTALK_DIGEST_WEBHOOK" in SECRETS


KEY_1, KEY_2 = ("A" * 43 + "=", "B" * 42 + "A=")


def test_keys_of_the_store_are_read_the_first_one_first_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE_KEY", f"{KEY_2}, {KEY_1}")

    settings = load_settings()

    assert [len(key) for key in settings.store_keys] == [32, 32]
    assert settings.store_keys[1] == bytes(32)
    assert KEY_1 not in repr(settings)
    assert KEY_2 not in repr(settings)


@pytest.mark.parametrize("written", ["short", "A" * 43, KEY_1[:-4], f"{KEY_1},{KEY_1}", f"{KEY_1},x", ",", "密钥"])
def test_a_key_that_is_none_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("POLICYBOT_STORE_KEY", written)

    with pytest.raises(SettingsError, match="openssl rand -base64 32") as error:
        load_settings()

    assert written == "," or written not in str(error.value)
