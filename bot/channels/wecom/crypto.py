"""The encrypted callbacks of WeCom: wechatpy's AES behind checks of our own, and one error for all that is wrong."""

import hmac
import json
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha1
from secrets import token_bytes, token_hex

from wechatpy.crypto.base import WeChatCipher

from bot.channels.base import Clock, read_clock
from bot.channels.wecom.markup import parse_xml
from bot.errors import RequestError, SettingsError

LARGEST_BODY = 64 * 1024
WINDOW_SECONDS = 600
"""How far a callback's time may be off: retries are done within a minute, the rest is for a clock that is wrong."""

_BLOCK = 32
_RANDOM = 16
_LENGTH = 4
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
_DIGITS = re.compile(r"[0-9]{1,12}")


class CallbackRefused(RequestError):
    """Raised when a callback is not from the platform, not meant for this company, or damaged.

    Its sentence tells nothing; `why` is for the log: a fixed word, nothing of what was sent.
    """

    def __init__(self, why: str) -> None:
        super().__init__("请求无效。")
        self.why = why


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted answer with its signature."""

    encrypt: str
    signature: str
    timestamp: int
    nonce: str


class Cipher:
    """Opens and seals what goes over one callback address."""

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str, clock: Clock = read_clock) -> None:
        if not _AES_KEY.fullmatch(encoding_aes_key):
            raise SettingsError("EncodingAESKey 应是 43 位字母和数字，请从企业微信管理后台重新复制")
        # The last sign has two bits that mean nothing; any of them is taken.
        self._aes = WeChatCipher(b64decode(encoding_aes_key + "="))
        self._token = token
        self._receive_id = receive_id.encode()
        self._clock = clock

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> bytes:
        """What the platform says; raises CallbackRefused."""
        expected = sign(self._token, timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), _to_bytes(signature)):
            raise CallbackRefused("signature")
        self._check_time(timestamp)
        return self._unwrap(self._decrypt(_decode(encrypted)))

    def seal(self, text: bytes, timestamp: int, nonce: str, random16: bytes | None = None) -> Sealed:
        """The text as only the platform can read it, signed for this time and nonce."""
        head = (token_bytes(_RANDOM) if random16 is None else random16) + len(text).to_bytes(_LENGTH, "big")
        plain = head + text + self._receive_id
        pad = _BLOCK - len(plain) % _BLOCK
        encrypted = b64encode(self._aes.encrypt(plain + bytes([pad]) * pad)).decode()
        return Sealed(encrypted, sign(self._token, str(timestamp), nonce, encrypted), timestamp, nonce)

    def open_media(self, content: bytes) -> bytes:
        """The bytes of a file that the platform hands out encrypted; raises CallbackRefused."""
        return self._decrypt(content)

    def _check_time(self, timestamp: str) -> None:
        if not _DIGITS.fullmatch(timestamp):
            raise CallbackRefused("timestamp")
        if abs(self._clock().timestamp() - int(timestamp)) > WINDOW_SECONDS:
            raise CallbackRefused("clock")

    def _decrypt(self, encrypted: bytes) -> bytes:
        if not encrypted or len(encrypted) % _BLOCK:
            raise CallbackRefused("block")
        plain: bytes = self._aes.decrypt(encrypted)
        pad = plain[-1]
        if not 1 <= pad <= _BLOCK or not plain.endswith(bytes([pad]) * pad):
            raise CallbackRefused("padding")
        return plain[:-pad]

    def _unwrap(self, plain: bytes) -> bytes:
        start = _RANDOM + _LENGTH
        end = start + int.from_bytes(plain[_RANDOM:start], "big")
        if len(plain) < start or end > len(plain):
            raise CallbackRefused("length")
        if plain[end:] != self._receive_id:
            raise CallbackRefused("receiver")
        return plain[start:end]


def sign(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """The signature that the platform makes over these."""
    return sha1(
        b"".join(sorted(map(_to_bytes, (token, timestamp, nonce, encrypted)))), usedforsecurity=False
    ).hexdigest()


def make_nonce() -> str:
    """A nonce for an answer whose nonce is ours to choose."""
    return token_hex(8)


def read_encrypted_xml(body: bytes) -> str:
    """The one `Encrypt` of a callback's XML; raises CallbackRefused."""
    try:
        root = parse_xml(_read_body(body))
    except ValueError:
        raise CallbackRefused("body") from None
    return _only((one.text for one in root.find_all("Encrypt")), is_right=root.name == "xml")


def read_encrypted_json(body: bytes) -> str:
    """The one `encrypt` of a callback's JSON; raises CallbackRefused."""
    try:
        read = json.loads(_read_body(body), object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        raise CallbackRefused("body") from None
    if not isinstance(read, tuple):
        raise CallbackRefused("body")
    return _only((value for name, value in read if name == "encrypt"), is_right=True)


def _read_body(body: bytes) -> str:
    if len(body) > LARGEST_BODY:
        raise CallbackRefused("size")
    return body.decode()


def _only(found: Iterable[object], *, is_right: bool) -> str:
    values = [*found]
    if not is_right or len(values) != 1 or not isinstance(values[0], str) or not values[0]:
        raise CallbackRefused("body")
    return values[0]


def _decode(encrypted: str) -> bytes:
    try:
        return b64decode(encrypted, validate=True)
    except (NotBase64, ValueError):
        raise CallbackRefused("base64") from None


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
