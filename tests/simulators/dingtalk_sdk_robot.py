"""A robot written with the vendor's own SDK, as a program of its own: the SDK blocks its loop, and has no stop.

DINGTALK_OPENAPI_ENDPOINT, which the SDK reads when it is imported, names the platform. Every line printed is a JSON
object that says what the SDK's parsers read.
"""

import asyncio
import json
import logging
import sys
from typing import Any

import dingtalk_stream as sdk

TEMPLATE = "sdk-template.schema"


def tell(kind: str, **what: Any) -> None:
    """Print one line."""
    sys.stdout.write(json.dumps({"kind": kind, **what}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class Echo(sdk.ChatbotHandler):  # type: ignore[misc]
    """Answers each text by the way that the text names."""

    async def process(self, callback: Any) -> tuple[int, str]:
        """One message."""
        message = sdk.ChatbotMessage.from_dict(callback.data)
        texts = message.get_text_list() or []
        tell("message", **_read(message), texts=texts, headers=callback.headers.to_dict())
        text = "".join(texts).strip()
        if text == "markdown":
            self.reply_markdown("标题", "# 正文", message)
        elif text == "card":
            self._send_card(message)
        elif text != "silent":
            self.reply_text(f"@{message.sender_staff_id} 收到：{text}", message)
        return sdk.AckMessage.STATUS_OK, "OK"

    def _send_card(self, message: Any) -> None:
        replier = sdk.CardReplier(self.dingtalk_client, message)
        buttons = json.dumps([{"text": "是", "id": "yes"}], ensure_ascii=False)
        one = replier.create_and_deliver_card(TEMPLATE, {"title": "请选择", "buttons": buttons}, at_sender=True)
        two = replier.create_and_send_card(TEMPLATE, {"title": "先建后发"})
        options = {"cardUpdateOptions": {"updateCardDataByKey": True}}
        replier.put_card_data(two, {"title": "改过"}, **options)
        sdk.AICardReplier(self.dingtalk_client, message).streaming(
            two, "body", "流式", append=False, finished=True, failed=False
        )
        tell("cards", names=[one, two])


class Chosen(sdk.CallbackHandler):  # type: ignore[misc]
    """Answers a click with new values."""

    async def process(self, callback: Any) -> tuple[int, dict[str, Any]]:
        """One click."""
        click = sdk.CardCallbackMessage.from_dict(callback.data)
        tell("click", user=click.user_id, card=click.card_instance_id, content=click.content, corp=click.corp_id)
        answer = {"cardData": {"cardParamMap": {"title": "选好了"}}, "cardUpdateOptions": {"updateCardDataByKey": True}}
        return sdk.AckMessage.STATUS_OK, answer


class Events(sdk.EventHandler):  # type: ignore[misc]
    """Takes every event."""

    async def process(self, event: Any) -> tuple[int, str]:
        """One event."""
        tell("event", type=event.headers.event_type, data=event.data, corp=event.headers.event_corp_id)
        return sdk.AckMessage.STATUS_OK, "OK"


def _read(message: Any) -> dict[str, Any]:
    return {
        "msgtype": message.message_type,
        "nick": message.sender_nick,
        "staff_id": message.sender_staff_id,
        "conversation_type": message.conversation_type,
        "title": message.conversation_title,
        "is_in_at_list": message.is_in_at_list,
        "at_users": [user.to_dict() for user in message.at_users],
        "expires": message.session_webhook_expired_time,
        "images": message.get_image_list(),
        "again": message.to_dict(),
    }


def main() -> None:
    """Run until killed."""
    logger = logging.getLogger("sdk")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    client = sdk.DingTalkStreamClient(sdk.Credential(sys.argv[1], sys.argv[2]), logger)
    client.register_callback_handler(sdk.ChatbotMessage.TOPIC, Echo())
    client.register_callback_handler(sdk.CallbackHandler.TOPIC_CARD_CALLBACK, Chosen())
    client.register_all_event_handler(Events())
    asyncio.run(client.start())


if __name__ == "__main__":
    main()
