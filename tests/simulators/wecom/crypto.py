"""WeCom's cipher and signature, written from its description alone: the bot's own code is not used."""

import base64
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class Unreadable(Exception):
    """Raised when a packet is not what its sender should have made."""


def signature_of(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """Lower-case sha1 over the four, sorted."""
    return hashlib.sha1("".join(sorted((token, timestamp, nonce, encrypted))).encode()).hexdigest()


class Crypto:
    """One EncodingAESKey with its token and the receiver's id."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        self.token = token
        self.receiver = receiver
        self._key = base64.b64decode(aes_key + "=")

    def encrypt(self, message: str, random16: bytes = b"") -> str:
        """The message as it goes over the wire, without signature."""
        data = message.encode()
        framed = (random16 or os.urandom(16)) + struct.pack(">I", len(data)) + data + self.receiver.encode()
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(pad(framed)) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> str:
        """The message; padding, length and receiver must be right."""
        framed = unpad(self._open(encrypted))
        (length,) = struct.unpack(">I", framed[16:20])
        message, receiver = framed[20 : 20 + length], framed[20 + length :]
        if len(message) != length or receiver != self.receiver.encode():
            raise Unreadable(f"长度或 receiveid 不对：{receiver[:40]!r}")
        return message.decode()

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The signature that belongs to an encrypted message."""
        return signature_of(self.token, timestamp, nonce, encrypted)

    def check(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Return if the signature is right."""
        if not hmac.compare_digest(self.sign(timestamp, nonce, encrypted).encode(), signature.encode()):
            raise Unreadable("签名不对")

    def encrypt_media(self, content: bytes) -> bytes:
        """A picture or file as the bot downloads it: padded, but in no frame."""
        encryptor = self._cipher().encryptor()
        return encryptor.update(pad(content)) + encryptor.finalize()

    def _open(self, encrypted: str) -> bytes:
        """The padded frame."""
        try:
            sealed = base64.b64decode(encrypted, validate=True)
            decryptor = self._cipher().decryptor()
            return decryptor.update(sealed) + decryptor.finalize()
        except ValueError as error:
            raise Unreadable(f"密文不对：{error}") from error

    def _cipher(self) -> Cipher[modes.CBC]:
        """AES-256-CBC; the first half of the key is its start."""
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))


def pad(data: bytes) -> bytes:
    """PKCS#7 to a multiple of 32."""
    count = BLOCK - len(data) % BLOCK
    return data + bytes([count]) * count


def unpad(data: bytes) -> bytes:
    """Without its padding, every byte of which must be right."""
    count = data[-1] if data else 0
    if not 1 <= count <= BLOCK or len(data) - count < 20 or data[-count:] != bytes([count]) * count:
        raise Unreadable("填充不对")
    return data[:-count]
