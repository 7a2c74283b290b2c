"""The settings of the program: from the environment and a `.env` file, all problems told at once and in Chinese."""

import base64
import binascii
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsConfigDict
from rapidfuzz import fuzz, process, utils

from bot.channel_settings import ChannelSettings, find_gaps
from bot.errors import SettingsError
from bot.redis_address import SCHEMES, parse_address

PREFIX = "POLICYBOT_"
FILE_SUFFIX = "_FILE"
ENV_FILE = Path(".env")
LONGEST_RETENTION = 3650
SQLITE_SCHEME = "sqlite:///"
SHORTEST_PASSWORD = 12
FEWEST_SIGNS = 6


class LogFormat(StrEnum):
    """How a log line is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as `serve --help` lists it."""

    name: str
    default: str
    meaning: str


def _check_store(address: str) -> str:
    if address.partition("://")[0] in SCHEMES:
        parse_address(address)
        return address
    if not address.startswith(SQLITE_SCHEME) or not address.removeprefix(SQLITE_SCHEME).strip():
        raise ValueError(
            "请写成 sqlite:///文件路径，例如 sqlite:///policybot.sqlite3；几台机器一起用时写 redis:// 开头的地址"
        )
    if ":memory:" in address:
        raise ValueError("会话要保存在文件里，不能用 :memory:，请写成 sqlite:///policybot.sqlite3 这样")
    return address


def _read_store_keys(written: SecretStr) -> tuple[bytes, ...]:
    parts = [part.strip() for part in written.get_secret_value().split(",")]
    return tuple(base64.b64decode(part, validate=True) for part in parts if part)


def _check_store_key(written: SecretStr) -> SecretStr:
    try:
        keys = _read_store_keys(written)
    except (binascii.Error, ValueError):
        keys = ()
    if not keys or any(len(key) != 32 for key in keys) or len(set(keys)) < len(keys):
        raise ValueError("应是 openssl rand -base64 32 给出的一行；有新旧两把时用逗号隔开，新的写在前面，不能重复")
    return written


def _check_password(written: SecretStr) -> SecretStr:
    value = written.get_secret_value()
    if len(value) < SHORTEST_PASSWORD:
        raise ValueError(f"太短，至少要 {SHORTEST_PASSWORD} 个字符；可以用 openssl rand -base64 18 给出的一行")
    if len(set(value)) < FEWEST_SIGNS or not value.isprintable():
        raise ValueError(f"太简单，至少要有 {FEWEST_SIGNS} 个不同的字符，写在一行里")
    return written


def _check_content(folder: Path) -> Path:
    missing = [name for name in ("dialogs", "knowledge", "templates") if not (folder / name).is_dir()]
    if missing:
        raise ValueError(
            f"文件夹 {folder} 里应有 dialogs、knowledge、templates 三个子文件夹，现在缺少 {'、'.join(missing)}"
        )
    return folder


class Settings(ChannelSettings):
    """All that can be set from outside; build it with `load_settings`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", min_length=1, description="监听的地址；0.0.0.0 表示所有网卡")
    port: int = Field(8080, ge=0, le=65535, description="监听的端口；0 表示由系统挑选")
    store: Annotated[str, AfterValidator(_check_store)] = Field(
        "sqlite:///policybot.sqlite3",
        description="会话保存在哪里：sqlite:///文件路径；几台机器一起用时写 redis://、rediss://、"
        "redis+sentinel:// 或 redis+cluster:// 开头的地址，见 docs/stores.md",
        repr=False,
    )
    store_key: Annotated[SecretStr, AfterValidator(_check_store_key)] | None = Field(
        None, description="加密保存对话的密钥：openssl rand -base64 32 给出的一行；不填则不加密，见 docs/security.md"
    )
    content: Annotated[Path, AfterValidator(_check_content)] | None = Field(
        None, description="内容文件夹，其中有 dialogs、knowledge、templates；不填则用自带的内容"
    )
    watch: bool = Field(default=True, description="1 内容改好后不用重启、自动启用，0 只在启动时读一次")
    web: bool = Field(default=True, description="1 打开网页聊天，0 关闭")
    console_password: Annotated[SecretStr, AfterValidator(_check_password)] | None = Field(
        None,
        description=f"工作人员后台的密码，至少 {SHORTEST_PASSWORD} 个字符；填了就在 /console 打开后台，不填就没有后台",
    )
    retention_days: int = Field(
        30,
        ge=1,
        le=LONGEST_RETENTION,
        description="对话保留多少天：最后一句话起算，过期由服务自动删除，连同转人工的记录；开场白里会写明这个天数",
    )
    per_minute: int = Field(
        30, ge=0, description="一段对话平均每分钟最多几条消息，一时可以到两倍；多的请用户歇一会儿；0 表示不限"
    )
    per_second: int = Field(500, ge=0, description="这个进程每秒最多接几条消息，多的请稍后再发；0 表示不限")
    at_once: int = Field(2_000, ge=0, description="这个进程最多同时处理几条消息，多的请稍后再发；0 表示不限")
    log_format: LogFormat = Field(LogFormat.TEXT, description="日志格式：text 或 json")

    @property
    def store_path(self) -> Path | None:
        """The file of the embedded store; None where it is Redis."""
        return Path(self.store.removeprefix(SQLITE_SCHEME)) if self.store.startswith(SQLITE_SCHEME) else None

    @property
    def store_keys(self) -> tuple[bytes, ...]:
        """The keys of what is kept: the first one seals, all open; none where nothing is sealed."""
        return () if self.store_key is None else _read_store_keys(self.store_key)


SECRETS = frozenset(
    PREFIX + name.upper()
    for name, field in Settings.model_fields.items()
    if name == "store" or "SecretStr" in repr(field.annotation)
)
"""What may also come from a file: all secrets, and the store's address, which may hold a password."""


def load_settings(env_file: Path = ENV_FILE) -> Settings:
    """Read the settings; raises SettingsError with one line for every problem."""
    given = _read_given(env_file)
    problems = [*_find_unknown(given)]
    secrets, unreadable = _read_secret_files(given)
    problems += unreadable
    try:
        settings = Settings(_env_file=env_file, **secrets)  # type: ignore[call-arg, arg-type]
    except ValidationError as error:
        problems += [_explain(detail) for detail in error.errors()]
        raise SettingsError(_sum_up(problems)) from None
    problems += find_gaps({name: bool(getattr(settings, name)) for name in ChannelSettings.model_fields})
    if problems:
        raise SettingsError(_sum_up(problems))
    return settings


def describe_settings() -> tuple[SettingRow, ...]:
    """Every setting with its default and meaning, for people to read, those of the channels last."""
    fields = sorted(Settings.model_fields.items(), key=lambda named: named[0] in ChannelSettings.model_fields)
    return tuple(
        SettingRow(PREFIX + name.upper(), _show_default(name, field.default), field.description or "")
        for name, field in fields
    )


def _read_given(env_file: Path) -> Mapping[str, str]:
    try:
        from_file = dotenv_values(env_file) if env_file.is_file() else {}
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"读不了设置文件 {env_file}：请确认有读取权限，并且是 UTF-8 编码") from None
    merged = {name.upper(): value for name, value in {**from_file, **os.environ}.items()}
    return {name: value for name, value in merged.items() if name.startswith(PREFIX) and value}


def _find_unknown(given: Iterable[str]) -> Iterator[str]:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    allowed = {*known, *(name + FILE_SUFFIX for name in SECRETS)}
    for name in sorted(given):
        if name not in allowed:
            yield f"{name}：没有这项设置{_suggest(name, known)}"


def _suggest(name: str, known: Iterable[str]) -> str:
    bare = {full.removeprefix(PREFIX): full for full in known}
    best = process.extractOne(
        name.removeprefix(PREFIX), list(bare), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return f"；是不是想写 {bare[best[0]]}？" if best else "；可用的设置见 policybot serve --help"


def _read_secret_files(given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    secrets, problems = {}, []
    for name in sorted(SECRETS):
        path = given.get(name + FILE_SUFFIX)
        if path is None:
            continue
        if name in given:
            problems.append(f"{name} 和 {name}{FILE_SUFFIX} 只能填一个")
            continue
        try:
            secrets[name.removeprefix(PREFIX).lower()] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{name}{FILE_SUFFIX}：读不了文件 {path}，请确认路径和读取权限")
    return secrets, problems


def _explain(detail: ErrorDetails) -> str:
    name = PREFIX + str(detail["loc"][0]).upper()
    limits = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            what = str(limits["error"])
        case "int_parsing" | "int_from_float" | "int_type":
            what = "应是一个整数"
        case "greater_than_equal":
            what = f"不能小于 {limits['ge']}"
        case "less_than_equal":
            what = f"不能大于 {limits['le']}"
        case "bool_parsing" | "bool_type":
            what = "应填 1 或 0"
        case "enum":
            what = "应填 text 或 json"
        case _:
            what = "填写的内容不对，说明见 policybot serve --help"
    return f"{name}：{what}"


def _sum_up(problems: list[str]) -> str:
    return "\n".join(["设置有问题，程序没有启动：", *(f"  - {problem}" for problem in problems)])


def _show_default(name: str, value: object) -> str:
    match value:
        case None:
            return "自带的内容" if name == "content" else "不填"
        case bool():
            return str(int(value))
        case _:
            return str(value)
