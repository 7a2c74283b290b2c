"""The password of the console, as it is set."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings

NO_FILE = Path("none.env")


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("elevensigns", "太短，至少要 12 个字符；可以用 openssl rand -base64 18 给出的一行"),
        ("密码密码密码", "太短，至少要 12 个字符"),
        ("aaaaaaaaaaaa12", "太简单，至少要有 6 个不同的字符，写在一行里"),
        ("correct\thorse", "太简单"),
    ],
)
def test_a_password_of_the_console_is_long_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, password: str, told: str
) -> None:
    monkeypatch.setenv("POLICYBOT_CONSOLE_PASSWORD", password)

    with pytest.raises(SettingsError) as caught:
        load_settings(NO_FILE)
    refused = str(caught.value)

    assert f"POLICYBOT_CONSOLE_PASSWORD：{told}" in refused
    assert password not in refused


def test_the_password_of_the_console_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("correct horse battery\n", encoding="utf-8")
    monkeypatch.setenv("POLICYBOT_CONSOLE_PASSWORD_FILE", str(tmp_path / "password"))

    settings = load_settings(NO_FILE)

    assert settings.console_password is not None
    assert settings.console_password.get_secret_value() == "correct horse battery"
    assert "horse" not in repr(settings)


def test_without_a_password_there_is_no_console() -> None:
    assert load_settings(NO_FILE).console_password is None
