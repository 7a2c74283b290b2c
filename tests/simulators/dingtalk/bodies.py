"""The robot message: the body of an HTTP callback, and the data of a Stream frame."""

from dataclasses import dataclass

from tests.simulators.dingtalk.chats import Chat, Person
from tests.simulators.dingtalk.contents import Content, Text
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import Json


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the bot may answer one message, until when."""

    url: str
    expires: int


def robot_message(platform: Platform, chat: Chat, person: Person, content: Content, webhook: Webhook) -> Json:
    """The body of one message to the robot, but for its msgId."""
    app = platform.app
    body: Json = {
        "conversationId": chat.conversation_id,
        "conversationType": chat.kind,
        "chatbotCorpId": app.corp_id,
        "chatbotUserId": app.bot_id,
        "msgtype": content.msgtype,
        "createAt": platform.clock.now(),
        "sessionWebhook": webhook.url,
        "sessionWebhookExpiredTime": webhook.expires,
        "robotCode": app.robot_code,
        "senderPlatform": "Mac",
    }
    return body | _sender(platform, person) | _group(platform, chat, content) | content.fields()


def without_mention(text: str, bot_name: str) -> str:
    """The text as the platform passes it on: the mention is gone, the blank after it is not."""
    mention = f"@{bot_name}"
    return text.replace(mention, "", 1) if mention in text else text


def _sender(platform: Platform, person: Person) -> Json:
    sender: Json = {"senderNick": person.nick, "senderId": person.sender_id, "isAdmin": person.admin}
    if person.outside:
        return sender
    return sender | {
        "senderCorpId": platform.app.corp_id,
        "senderStaffId": person.staff_id,
        "senderUnionId": person.union_id,
    }


def _group(platform: Platform, chat: Chat, content: Content) -> Json:
    if not chat.is_group:
        return {}
    others = [person for person in chat.people.values() if _is_named(person, content)]
    at_users: list[Json] = [{"dingtalkId": platform.app.bot_id}]
    at_users += [_at_user(person) for person in others]
    return {"conversationTitle": chat.title, "isInAtList": True, "atUsers": at_users}


def _is_named(person: Person, content: Content) -> bool:
    return isinstance(content, Text) and f"@{person.nick}" in content.text


def _at_user(person: Person) -> Json:
    known = {} if person.outside else {"staffId": person.staff_id, "unionId": person.union_id}
    return {"dingtalkId": person.sender_id, **known}
