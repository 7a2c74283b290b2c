"""The ways into WeCom: the self-built app, 微信客服 and the AI bot."""

from collections.abc import Iterator
from typing import assert_never

from bot.channel_settings import WecomApp, WecomBotCallback, WecomBotSocket
from bot.channels.base import Door, read_clock
from bot.channels.platform_errors import CountError, count_errors
from bot.channels.tokens import SharedToken
from bot.channels.wecom.api import TokenSource, WecomApi
from bot.channels.wecom.app_answers import ActiveAnswers, Line, PassiveAnswers
from bot.channels.wecom.app_door import AppDoor
from bot.channels.wecom.app_sender import AppSender
from bot.channels.wecom.bot_building import Base, build_callback_door, build_socket_door
from bot.channels.wecom.crypto import Cipher
from bot.channels.wecom.kf_door import KfDoor
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.patience import PatientTurns
from bot.channels.wecom.reception import Reception
from bot.doors.foundation import Foundation
from bot.settings import Settings


def open_wecom_app(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The self-built app of WeCom; with its secret it sends by the outbox."""
    if (app := settings.wecom_app) is None:
        return
    cipher = Cipher(app.token.get_secret_value(), app.aes_key.get_secret_value(), app.corp_id)
    reception, turns = Reception(cipher, ground.metrics), PatientTurns(ground.turns("wecom"))
    line = Line(turns, ground.store.board, read_clock, app.corp_id, app.agent_id)
    kf = None if app.kf_secret is None else open_wecom_kf(app, app.kf_secret.get_secret_value(), ground)
    if kf is not None:
        yield kf
    if app.secret is None:
        yield AppDoor(reception, PassiveAnswers(line), turns, kf=kf)
        return
    count = count_errors(ground.metrics, "wecom")
    api = _open_api(app, app.secret.get_secret_value(), _name_of_app(app), ground, count)
    sender = AppSender(api, ground.store.board, ground.metrics)
    yield AppDoor(reception, ActiveAnswers(line), turns, sender, kf)


def open_wecom_kf(app: WecomApp, secret: str, ground: Foundation) -> KfDoor:
    """The customer service of WeCom, whose events come to the app."""
    # one app may have both doors: then it has one token, for fetching another may end the first
    is_same = app.secret is not None and app.secret.get_secret_value() == secret
    name = _name_of_app(app) if is_same else f"wecom-kf:{app.corp_id}"
    kf_ground = KfGround(
        api=_open_api(app, secret, name, ground, count_errors(ground.metrics, "wecom_kf")),
        outbox=ground.store.outbox,
        board=ground.store.board,
        words=lambda notice: ground.content.bundle.notices[notice],
        metrics=ground.metrics,
        clock=read_clock,
    )
    return KfDoor(ground.turns("wecom_kf"), kf_ground, app.kf_servicer)


def open_wecom_bot(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The AI bot of WeCom, in the one way that is set."""
    base = Base(ground.turns("wecom"), ground.store, ground.client, ground.metrics)
    match settings.wecom_bot:
        case WecomBotCallback() as given:
            yield build_callback_door(given, settings.wecom_api_url, base)
        case WecomBotSocket() as given:
            yield build_socket_door(given, base)
        case None:
            return
        case _ as unreachable:
            assert_never(unreachable)


def _open_api(app: WecomApp, secret: str, name: str, ground: Foundation, count: CountError) -> WecomApi:
    """The API with the token of one secret, which replicas share under the name."""
    source = TokenSource(ground.client, app.api_url, app.corp_id, secret)
    return WecomApi(ground.client, app.api_url, SharedToken(ground.store.board, name, source.fetch), count=count)


def _name_of_app(app: WecomApp) -> str:
    return f"wecom:{app.corp_id}:{app.agent_id}"
