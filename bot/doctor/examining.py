"""All checks that the settings call for, one after the other."""

from aiohttp import ClientSession

from bot.doctor.console import check_console
from bot.doctor.dingtalk import check_digest, check_robot
from bot.doctor.findings import Findings, skipped
from bot.doctor.installation import check_installation
from bot.doctor.server import OwnServer
from bot.doctor.wecom import check_app, check_bot
from bot.doors.foundation import open_client
from bot.settings import Settings


async def examine(settings: Settings) -> Findings:
    """What is right and wrong, as it is found; nothing is sent to anybody, and no connection is pushed out."""
    async with open_client() as client:
        server = OwnServer(client, settings)
        async for finding in check_installation(settings, server):
            yield finding
        async for finding in _check_channels(settings, client, server):
            yield finding
        if settings.console_password is not None:
            yield await check_console(server)


async def _check_channels(settings: Settings, client: ClientSession, server: OwnServer) -> Findings:
    if (app := settings.wecom_app) is not None:
        async for finding in check_app(app, client, server):
            yield finding
    if (bot := settings.wecom_bot) is not None:
        async for finding in check_bot(bot, client, server):
            yield finding
    if (robot := settings.dingtalk) is not None:
        async for finding in check_robot(robot, client, server):
            yield finding
    if (digest := settings.dingtalk_digest) is not None:
        yield check_digest(digest)
    if not any((app, bot, robot, digest)):
        yield skipped("企业微信和钉钉", "都没有设置；怎么设置见 docs/guides")
