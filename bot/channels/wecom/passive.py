"""Answers that go back in the response to a callback."""

from bot.channels.wecom.crypto import Sealed
from bot.channels.wecom.markup import write_cdata


def write_text(user: str, corp_id: str, created: int, text: str) -> str:
    """A text that answers the member."""
    return _write(user, corp_id, created, "text", write_cdata("Content", text))


def write_button(user: str, corp_id: str, created: int, label: str) -> str:
    """The words that take the place of the buttons of the card that was clicked; nobody can click it again."""
    replaced = f"<Button>{write_cdata('ReplaceName', label)}</Button>"
    return _write(user, corp_id, created, "update_button", replaced)


def write_packet(sealed: Sealed) -> str:
    """The XML around an encrypted answer."""
    return (
        f"<xml>{write_cdata('Encrypt', sealed.encrypt)}{write_cdata('MsgSignature', sealed.signature)}"
        f"<TimeStamp>{sealed.timestamp}</TimeStamp>{write_cdata('Nonce', sealed.nonce)}</xml>"
    )


def _write(user: str, corp_id: str, created: int, kind: str, content: str) -> str:
    return (
        f"<xml>{write_cdata('ToUserName', user)}{write_cdata('FromUserName', corp_id)}"
        f"<CreateTime>{created}</CreateTime>{write_cdata('MsgType', kind)}{content}</xml>"
    )
