"""The three signatures of the platform."""

import base64
import hashlib
import hmac


def sign_callback(timestamp: str, secret: str) -> str:
    """The `sign` of a robot's HTTP callback and of a custom robot's address."""
    return _hmac(secret, f"{timestamp}\n{secret}")


def sign_card_callback(timestamp: str, secret: str) -> str:
    """The `x-ddpaas-signature` of a card's HTTP callback."""
    return _hmac(secret, timestamp)


def _hmac(key: str, message: str) -> str:
    digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode("ascii")
