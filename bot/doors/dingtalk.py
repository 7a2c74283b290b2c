"""The ways into DingTalk: the robot, by HTTP or Stream, and what is told to a group by itself."""

from collections.abc import Iterator

from bot.channels.base import Door
from bot.channels.dingtalk.api import Credentials
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.digest_door import DigestDoor, DigestRobot, read_timetable
from bot.channels.dingtalk.door import DingtalkDoor, Ground, Robot
from bot.doors.foundation import Foundation
from bot.settings import Settings


def open_dingtalk(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The robot and the digest, as far as they are set."""
    if robot := settings.dingtalk:
        credentials = Credentials(robot.client_id, robot.client_secret.get_secret_value(), robot.api_url)
        yield DingtalkDoor(
            Robot(credentials, robot.is_stream, robot.card_template, robot.card_secret.get_secret_value()),
            Ground(ground.turns("dingtalk"), ground.store, ground.client, ground.metrics),
        )
    if digest := settings.dingtalk_digest:
        address, secret = digest.webhook.get_secret_value(), digest.secret.get_secret_value()
        group = DigestRobot(address, secret, read_timetable(digest.when), digest.api_url)
        caller, content = Caller(ground.client), ground.content
        yield DigestDoor(group, ground.store, caller, lambda: content.bundle.guide.knowledge)
