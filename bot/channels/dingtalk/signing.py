"""The signatures of DingTalk. None of them covers the body (platforms page D:0699, D:0082, cards 0007)."""

import base64
import hmac
from urllib.parse import quote_plus

HOUR = 3_600_000
"""How far the time of a signature may be from now, in milliseconds."""


def sign_robot(secret: str, timestamp: str) -> str:
    """The signature of a robot's callback; with the SEC… secret that of a custom robot."""
    return _sign(secret, f"{timestamp}\n{secret}")


def sign_webhook(url: str, secret: str, now: int) -> str:
    """The address of a custom robot with time (milliseconds) and signature; as it is where there is no secret."""
    if not secret:
        return url
    return f"{url}&timestamp={now}&sign={quote_plus(sign_robot(secret, str(now)))}"


def sign_card(secret: str, timestamp: str) -> str:
    """The signature of the call-back of a card over HTTP."""
    return _sign(secret, timestamp)


def is_recent(timestamp: str, now: int) -> bool:
    """Whether a time in milliseconds is at most an hour away."""
    return len(timestamp) < 20 and timestamp.isascii() and timestamp.isdigit() and abs(now - int(timestamp)) <= HOUR


def is_equal(given: str, expected: str) -> bool:
    """Whether the signature is the expected one, found out in a time that tells nothing of it."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def _sign(secret: str, text: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), text.encode("utf-8", "surrogatepass"), "sha256")).decode()
