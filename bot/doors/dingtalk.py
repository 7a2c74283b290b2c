"""The ways into DingTalk: the robot, by HTTP or Stream, and what is told to a group by itself."""

from collections.abc import Iterator
from functools import partial

from bot.channel_settings import Dingtalk
from bot.channels.base import Door
from bot.channels.dingtalk.api import Credentials, RobotApi
from bot.channels.dingtalk.callbacks import CARD_PATH
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.cards import register
from bot.channels.dingtalk.counting import count_answer
from bot.channels.dingtalk.digest_door import DIGEST, DigestDoor, DigestRobot, read_timetable
from bot.channels.dingtalk.door import DingtalkDoor, Ground, Robot
from bot.channels.platform_errors import count_errors
from bot.doors.foundation import Foundation, open_client
from bot.errors import RequestError
from bot.outbox import Sent
from bot.sessions.memory import MemoryStore
from bot.settings import Settings


def open_dingtalk(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The robot and the digest, as far as they are set."""
    if robot := settings.dingtalk:
        yield DingtalkDoor(
            Robot(credentials_of(robot), robot.is_stream, robot.card_template, robot.card_secret.get_secret_value()),
            Ground(ground.turns("dingtalk"), ground.store, ground.client, ground.metrics),
        )
    if digest := settings.dingtalk_digest:
        address, secret = digest.webhook.get_secret_value(), digest.secret.get_secret_value()
        group = DigestRobot(address, secret, read_timetable(digest.when), digest.api_url)
        note = partial(count_answer, count_errors(ground.metrics, DIGEST))
        caller, content = Caller(ground.client, note=note), ground.content
        yield DigestDoor(group, ground.store, caller, lambda: content.bundle.guide.knowledge)


def credentials_of(robot: Dingtalk) -> Credentials:
    """Who the robot is, for its platform."""
    return Credentials(robot.client_id, robot.client_secret.get_secret_value(), robot.api_url)


async def register_cards(settings: Settings, address: str) -> str:
    """Tell DingTalk where clicks on cards go, in HTTP mode; what came of it, in Chinese. Raises RequestError."""
    robot = settings.dingtalk
    if robot is None or robot.is_stream or not robot.card_secret.get_secret_value():
        raise RequestError("只有 HTTP 方式的互动卡片要登记：先填好 POLICYBOT_DINGTALK_CARD_TEMPLATE 和 _CARD_SECRET")
    if not address.startswith("https://"):
        raise RequestError("地址应以 https:// 开头，例如 https://zc.example.com")
    url = address.rstrip("/") + CARD_PATH
    async with open_client() as client:
        api = RobotApi(Caller(client), credentials_of(robot), MemoryStore().board)
        outcome = await register(api, url, robot.card_secret.get_secret_value())
    if not isinstance(outcome, Sent):
        raise RequestError(f"钉钉没有接受（{outcome.why}）；看权限“互动卡片实例写权限”开了没有，再打 policybot doctor")
    return f"登记好了：点卡片会送到 {url}"
