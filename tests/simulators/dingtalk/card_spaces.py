"""Where a card is put: the openSpaceId, and the models that each kind of place needs."""

import re
from dataclasses import dataclass

from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import ApiRefusal, Json
from tests.simulators.dingtalk.requests import object_of, text_of

PREFIX = "dtv1.card//"
GROUP, ROBOT = "IM_GROUP", "IM_ROBOT"
MODELS = {GROUP: "imGroup", ROBOT: "imRobot"}


@dataclass(frozen=True, slots=True)
class Space:
    """One place: a group by its openConversationId, or the chat of a person with the robot."""

    type: str
    id: str


def read_spaces(body: Json) -> list[Space]:
    """The places that a body names."""
    written = text_of(body, "openSpaceId")
    if not written:
        raise ApiRefusal("param.openSpaceIdEmpty", "投放openSpaceId为空")
    found = [re.fullmatch(r"(\w+)\.(.+)", one) for one in written.removeprefix(PREFIX).split(";")]
    if not written.startswith(PREFIX) or None in found:
        raise ApiRefusal(
            "param.openSpaceIdInvalid", f"openSpaceId 应是 {PREFIX}IM_GROUP.群的ID 或 {PREFIX}IM_ROBOT.员工的ID"
        )
    return [Space(one[1].upper(), one[2]) for one in found if one]


def check_space_models(body: Json, spaces: list[Space]) -> None:
    """Refuse a card whose places lack their `…OpenSpaceModel`."""
    for space in spaces:
        model = f"{MODELS.get(space.type, '')}OpenSpaceModel"
        if space.type in MODELS and not isinstance(object_of(body, model).get("supportForward"), bool):
            raise ApiRefusal("param.openSpaceModelInvalid", f"{model}.supportForward 必填，true 或 false")


def check_deliver_models(platform: Platform, body: Json, spaces: list[Space]) -> None:
    """Refuse a card whose places lack their `…OpenDeliverModel`."""
    for space in spaces:
        if space.type in MODELS:
            _check_deliver_model(platform, object_of(body, f"{MODELS[space.type]}OpenDeliverModel"), space)


def mentions(body: Json) -> tuple[str, ...]:
    """Whom a card in a group mentions."""
    return tuple(object_of(object_of(body, "imGroupOpenDeliverModel"), "atUserIds"))


def recipients(body: Json) -> tuple[str, ...]:
    """Who alone sees a card in a group; everyone when there is none."""
    return tuple(object_of(body, "imGroupOpenDeliverModel").get("recipients") or ())


def _check_deliver_model(platform: Platform, model: Json, space: Space) -> None:
    if not model:
        raise ApiRefusal("param.openDeliverModelEmpty", f"缺少 {MODELS[space.type]}OpenDeliverModel")
    code = platform.app.robot_code
    if space.type == GROUP and text_of(model, "robotCode") != code:
        raise ApiRefusal("param.openDeliverModelError", "imGroupOpenDeliverModel.robotCode 必填，应是机器人的编码")
    if space.type == ROBOT and model.get("spaceType") != ROBOT and model.get("robotCode") != code:
        raise ApiRefusal("param.openDeliverModelError", 'imRobotOpenDeliverModel.spaceType 应是 "IM_ROBOT"')
    seeing = model.get("recipients") or []
    if not isinstance(seeing, list) or not all(isinstance(one, str) for one in seeing):
        raise ApiRefusal("param.openDeliverModelError", "recipients 应是员工ID的列表")
    named = model.get("atUserIds", {})
    if not isinstance(named, dict) or not all(isinstance(nick, str) for nick in named.values()):
        raise ApiRefusal("param.openDeliverModelError", "atUserIds 应是 员工ID 到 名字 的对象")
