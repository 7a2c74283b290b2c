"""The keys under which content is sealed: AES-256-GCM, a key of its own for each row, several keys while they change.

A sealed content is `MAGIC, id of the key, nonce, ciphertext with its tag`. The row's key is worked out from the set key
and the row's name, and the name is authenticated too: what is moved to another row does not open there.
"""

import secrets
from collections.abc import Sequence
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.sessions.base import StoreUnavailable

MAGIC = b"\x00sealed1"
"""No content that the program writes begins so: conversations and replies begin with a digit, parcels are JSON."""
ID_BYTES = 8
NONCE_BYTES = 12
_HEAD = len(MAGIC) + ID_BYTES
_BODY = _HEAD + NONCE_BYTES


class KeyMissing(StoreUnavailable):
    """Raised when something is kept that was sealed with a key that is not set; it is left as it is."""

    def __init__(self) -> None:
        super().__init__("保存的内容用另一把密钥加密过；请把原来的密钥加回 POLICYBOT_STORE_KEY，写在新密钥后面")


class Damaged(ValueError):
    """Raised when a sealed content was changed, or belongs to another row."""


class KeyRing:
    """Seals with the first key and opens with any; without a key it leaves everything as it is."""

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        self._keys = {_id_of(key): key for key in keys}
        self._first = next(iter(self._keys), None)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def seal(self, row: bytes, content: bytes) -> bytes:
        """The content as it is kept in this row."""
        if self._first is None:
            return content
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = _cipher(self._keys[self._first], row).encrypt(nonce, content, row)
        return b"%b%b%b%b" % (MAGIC, self._first, nonce, sealed)

    def open(self, row: bytes, kept: bytes) -> bytes:
        """The content that is kept in this row, sealed or not; raises KeyMissing and Damaged."""
        if not self.is_sealed(kept):
            return kept
        key = self._keys.get(kept[len(MAGIC) : _HEAD])
        if key is None:
            raise KeyMissing
        try:
            return _cipher(key, row).decrypt(kept[_HEAD:_BODY], kept[_BODY:], row)
        except (InvalidTag, ValueError):
            raise Damaged("a sealed content is damaged") from None

    @staticmethod
    def is_sealed(kept: bytes) -> bool:
        """Whether it is sealed, with whatever key."""
        return kept.startswith(MAGIC)

    def is_of_first(self, kept: bytes) -> bool:
        """Whether it is sealed with the key that seals now."""
        return self._first is not None and kept.startswith(MAGIC + self._first)


def row_of(kind: str, *names: str) -> bytes:
    """The name of a row; different names never give the same."""
    parts = [name.encode("utf-8", "surrogatepass") for name in (kind, *names)]
    return b"".join(b"%d:%b" % (len(part), part) for part in parts)


def _cipher(key: bytes, row: bytes) -> AESGCM:
    # one key for each row: so many nonces may be drawn by chance for each of them, not for all together
    return AESGCM(blake2b(row, key=key, digest_size=32, person=b"row").digest())


def _id_of(key: bytes) -> bytes:
    return blake2b(key=key, digest_size=ID_BYTES, person=b"key id").digest()
