"""The vectors of WeCom, made by code that is independent of this project."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.channels.base import Clock
from bot.channels.wecom.crypto import Cipher

VECTORS: Mapping[str, Any] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "platform_vectors.json").read_text(encoding="utf-8")
)
WECOM, OFFICIAL = VECTORS["wecom"], VECTORS["official_doc"]
CONFIG = WECOM["config"]
AT = 1_700_000_000


def clock_at(seconds: float) -> Clock:
    """A clock that stands still."""
    return lambda: datetime.fromtimestamp(seconds, UTC)


def app_cipher(seconds: float = AT) -> Cipher:
    """The cipher of the app of the vectors."""
    return Cipher(CONFIG["token"], CONFIG["encoding_aes_key"], CONFIG["corp_id"], clock_at(seconds))


def bot_cipher(seconds: float = AT) -> Cipher:
    """The cipher of the AI bot of the vectors: its receiver is empty."""
    return Cipher(CONFIG["token"], CONFIG["encoding_aes_key"], "", clock_at(seconds))


def open_vector(cipher: Cipher, query: Mapping[str, str], encrypted: str) -> str:
    """What a vector's ciphertext says; raises CallbackRefused."""
    return cipher.open(query["msg_signature"], query["timestamp"], query["nonce"], encrypted).decode()
