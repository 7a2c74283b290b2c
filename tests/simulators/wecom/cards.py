"""Template cards: which fields and lengths the app and the AI bot may use, and what a card lets its reader click."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.simulators.wecom.shapes import Fault, Flag, Group, Number, Several, Shape, Text, faults_of

TASK_ID = re.compile(r"[0-9a-zA-Z_\-@]{1,128}")
INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")
CARD_FIELD, OPTIONS, BUTTON_KEY, SELECTORS = 42014, 42037, 42039, 42047


@dataclass(frozen=True, slots=True)
class Limits:
    """How many characters a card's texts may have."""

    title: int
    desc: int
    sub_title: int
    jump: int
    value: int
    emphasis: tuple[int, int]
    line: tuple[int, int]
    source: int
    option: int
    tick: int
    selector: int = 0
    is_bot: bool = False


APP = Limits(
    title=36,
    desc=44,
    sub_title=160,
    jump=18,
    value=30,
    emphasis=(14, 22),
    line=(38, 160),
    source=20,
    option=16,
    tick=17,
)
BOT = Limits(
    title=26, desc=30, sub_title=112, jump=13, value=26, emphasis=(10, 15), line=(26, 112), source=13, option=10,
    tick=11, selector=13, is_bot=True,
)  # fmt: skip

TARGET: Mapping[str, Shape] = {"type": Number((0, 1, 2)), "url": Text(), "appid": Text(), "pagepath": Text()}
KEY = Text(octets=1024, needed=True, errcode=BUTTON_KEY)
SUBMIT = Group({"text": Text(chars=10, needed=True), "key": KEY}, needed=True)


def _options(most: int, chars: int, *, is_checkable: bool = False) -> Several:
    """A list of options."""
    fields: dict[str, Shape] = {"id": Text(octets=128, needed=True), "text": Text(chars=chars, needed=True)}
    if is_checkable:
        fields["is_checked"] = Flag()
    return Several(Group(fields), 1, most, "id", needed=True, errcode=OPTIONS)


def _selector(limits: Limits) -> Mapping[str, Shape]:
    """One drop-down list."""
    key, options = Text(octets=1024, needed=True), _options(10, limits.option)
    fixed: dict[str, Shape] = {"question_key": key, "title": Text(chars=limits.selector), "option_list": options}
    return {**fixed, "selected_id": Text(octets=128), "disable": Flag()}


def _head(limits: Limits, card_type: str, *, is_updating: bool) -> dict[str, Shape]:
    """The fields that every type has."""
    is_vote = card_type == "vote_interaction"
    desc = 160 if card_type in {"vote_interaction", "multiple_interaction"} and not limits.is_bot else limits.desc
    title = Text(chars=16 if is_vote and not limits.is_bot else limits.title, needed=card_type != "text_notice")
    fields: dict[str, Shape] = {
        "card_type": Text(needed=True),
        "source": Group({"icon_url": Text(), "desc": Text(chars=limits.source), "desc_color": Number((0, 1, 2, 3))}),
        "main_title": Group({"title": title, "desc": Text(chars=desc)}, needed=card_type != "text_notice"),
        "task_id": Text(octets=128, needed=card_type in INTERACTIVE and not is_updating),
    }
    if limits.is_bot:
        fields["feedback"] = Group({"id": Text(octets=256, needed=True)})
    if is_updating:
        fields["replace_text"] = Text()
    return fields


def _notice(limits: Limits) -> dict[str, Shape]:
    """The fields of notices and of cards with buttons."""
    line: dict[str, Shape] = {
        "type": Number((0, 1, 2, 3)),
        "keyname": Text(chars=5, needed=True),
        "value": Text(chars=limits.value),
    }
    links: dict[str, Shape] = {"url": Text(), "media_id": Text(), "userid": Text()}
    action = Group({"text": Text(needed=True), "key": KEY})
    actions = Several(action, 1, 3, "key", needed=True)
    return {
        "action_menu": Group({"desc": Text(), "action_list": actions}),
        "quote_area": Group({**TARGET, "title": Text(), "quote_text": Text()}),
        "horizontal_content_list": Several(Group({**line, **links}), 0, 6),
        "card_action": Group(TARGET),
    }


def _jumps(limits: Limits) -> Several:
    """Where a notice leads."""
    fields: dict[str, Shape] = {**TARGET, "title": Text(chars=limits.jump, needed=True)}
    if limits.is_bot:
        fields |= {"type": Number((0, 1, 2, 3)), "question": Text(octets=200)}
    return Several(Group(fields), 0, 3)


def _body(limits: Limits, card_type: str) -> dict[str, Shape]:
    """The fields that make a type what it is."""
    sub_title: dict[str, Shape] = {"sub_title_text": Text(chars=limits.sub_title)}
    action: dict[str, Shape] = {"card_action": Group({**TARGET, "type": Number((1, 2), needed=True)}, needed=True)}
    emphasis = Group({"title": Text(chars=limits.emphasis[0]), "desc": Text(chars=limits.emphasis[1])})
    button: dict[str, Shape] = {
        "type": Number((0, 1)),
        "text": Text(chars=10, needed=True),
        "style": Number((1, 2, 3, 4)),
    }
    buttons = Several(Group({**button, "key": Text(octets=1024, errcode=BUTTON_KEY), "url": Text()}), 1, 6, needed=True)
    line = Group({"title": Text(chars=limits.line[0], needed=True), "desc": Text(chars=limits.line[1])})
    image_text = {**TARGET, "title": Text(), "desc": Text(), "image_url": Text(needed=True)}
    picture = Group({"url": Text(needed=True), "aspect_ratio": Number(is_fraction=True)})
    mode: dict[str, Shape] = {"mode": Number((0, 1)), "disable": Flag(), "question_key": Text(octets=1024, needed=True)}
    selectors = Several(Group(_selector(limits)), 1, 3, "question_key", needed=True, errcode=SELECTORS)
    vote = Group({**mode, "option_list": _options(20, limits.tick, is_checkable=True)}, needed=True)
    notice: dict[str, Shape] = {**_notice(limits), "jump_list": _jumps(limits), **action}
    pictures = {"card_image": picture, "image_text_area": Group(image_text)}
    bodies: dict[str, dict[str, Shape]] = {
        "text_notice": {**notice, **sub_title, "emphasis_content": emphasis},
        "news_notice": {**notice, **pictures, "vertical_content_list": Several(line, 0, 4)},
        "button_interaction": {
            **_notice(limits),
            **sub_title,
            "button_list": buttons,
            "button_selection": Group(_selector(limits)),
        },
        "vote_interaction": {"checkbox": vote, "submit_button": SUBMIT},
        "multiple_interaction": {"select_list": selectors, "submit_button": SUBMIT},
    }
    return bodies[card_type]


def faults_of_card(card: object, limits: Limits, *, is_updating: bool = False) -> Iterator[Fault]:
    """What is wrong with a card."""
    if not isinstance(card, dict):
        yield Fault(CARD_FIELD, "template_card 应是对象")
        return
    card_type = str(card.get("card_type", ""))
    if card_type not in {"text_notice", "news_notice", *INTERACTIVE}:
        yield Fault(CARD_FIELD, f"没有 {card_type!r} 这种卡片")
        return
    shape = Group({**_head(limits, card_type, is_updating=is_updating), **_body(limits, card_type)})
    faults = list(faults_of(card, shape, "template_card"))
    yield from faults
    if not any(fault.errcode for fault in faults):
        yield from _faults_across_fields(card, card_type)


def _faults_across_fields(card: Mapping[str, Any], card_type: str) -> Iterator[Fault]:
    """Rules that bind one field to another."""
    task_id = card.get("task_id")
    if task_id is not None and not TASK_ID.fullmatch(str(task_id)):
        yield Fault(CARD_FIELD, f"task_id 只能有数字、字母和 _-@，最长 128 字节：{task_id!r}")
    if "action_menu" in card and not task_id:
        yield Fault(CARD_FIELD, "有 action_menu 就要有 task_id")
    if card_type == "text_notice" and not (title_of(card) or card.get("sub_title_text")):
        yield Fault(CARD_FIELD, "text_notice 的 main_title.title 和 sub_title_text 不能都不填")
    if card_type == "news_notice" and not ("card_image" in card or "image_text_area" in card):
        yield Fault(CARD_FIELD, "news_notice 的 card_image 和 image_text_area 不能都不填")
    yield from _faults_of_targets(card)
    yield from _faults_of_keys(card)


def _faults_of_targets(card: Mapping[str, Any]) -> Iterator[Fault]:
    """A link needs its address, a mini-program its appid, a picture its proportions."""
    for name in ("card_action", "quote_area", "image_text_area"):
        target = card.get(name)
        if isinstance(target, dict):
            yield from _faults_of_target(target, name)
    for name in ("jump_list", "button_list", "horizontal_content_list"):
        for target in items_of(card, name):
            yield from _faults_of_target(target, name)
    ratio = (card.get("card_image") or {}).get("aspect_ratio", 1.3)
    if not (isinstance(ratio, int | float) and 1.3 <= ratio <= 2.25):
        yield Fault(CARD_FIELD, f"card_image.aspect_ratio 应在 1.3 和 2.25 之间：{ratio!r}")


def _faults_of_target(target: Mapping[str, Any], name: str) -> Iterator[Fault]:
    needed = {1: "url", 2: "media_id" if name == "horizontal_content_list" else "appid", 3: "userid"}
    if name == "jump_list":
        needed[3] = "question"
    if (field := needed.get(target.get("type", 0))) and not target.get(field):
        yield Fault(CARD_FIELD, f"{name} 的 type 是 {target['type']}，要有 {field}")


def _faults_of_keys(card: Mapping[str, Any]) -> Iterator[Fault]:
    """A button that calls back needs a key, another than its neighbours have."""
    buttons = [button for button in items_of(card, "button_list") if button.get("type", 0) == 0]
    keys = [button.get("key") for button in buttons]
    if not all(keys) or len(set(map(str, keys))) != len(keys):
        yield Fault(BUTTON_KEY, f"button_list 的 key 缺少或重复：{keys}")


def items_of(card: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of one of a card's lists."""
    items = card.get(name)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def title_of(card: Mapping[str, Any]) -> str:
    """What the card says first."""
    title = card.get("main_title")
    return str(title.get("title", "")) if isinstance(title, dict) else ""


def is_interactive(card: Mapping[str, Any]) -> bool:
    """Whether the card calls the bot back, so that it has a response_code."""
    return card.get("card_type") in INTERACTIVE or "action_menu" in card


def text_of(card: Mapping[str, Any]) -> str:
    """What a reader sees of a card, buttons apart."""
    title = card.get("main_title") or {}
    lines = [title.get("title", ""), title.get("desc", ""), card.get("sub_title_text", "")]
    lines += [(card.get("emphasis_content") or {}).get(name, "") for name in ("title", "desc")]
    lines += [(card.get("quote_area") or {}).get(name, "") for name in ("title", "quote_text")]
    lines += [
        f"{item.get('keyname', '')}：{item.get('value', '')}" for item in items_of(card, "horizontal_content_list")
    ]
    lines += [
        f"{item.get('title', '')} {item.get('desc', '')}".strip() for item in items_of(card, "vertical_content_list")
    ]
    return "\n".join(line for line in lines if line)


def buttons_of(card: Mapping[str, Any]) -> dict[str, str]:
    """What calls the bot back: label and key of every button and of every entry of the menu."""
    buttons = {b["text"]: b["key"] for b in items_of(card, "button_list") if b.get("type", 0) == 0}
    if submit := card.get("submit_button"):
        buttons[submit["text"]] = submit["key"]
    menu = card.get("action_menu") or {}
    return buttons | {item["text"]: item["key"] for item in items_of(menu, "action_list")}


def selectors_of(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lists that the reader can choose from: drop-downs, or the one of a vote."""
    single = [card[name] for name in ("button_selection", "checkbox") if isinstance(card.get(name), dict)]
    return single + items_of(card, "select_list")


def chosen_in(card: Mapping[str, Any], choices: Mapping[str, str | tuple[str, ...]]) -> dict[str, list[str]]:
    """Question key to option ids: the reader's choices (by key, title or label), else what is chosen beforehand."""
    made = {}
    for selector in selectors_of(card):
        key = selector["question_key"]
        made[key] = _ids_chosen(selector, choices.get(key, choices.get(selector.get("title", ""))))
    return made


def _ids_chosen(selector: Mapping[str, Any], choice: str | tuple[str, ...] | None) -> list[str]:
    options = items_of(selector, "option_list")
    if choice is None:
        if "mode" in selector or any("is_checked" in option for option in options):
            return [option["id"] for option in options if option.get("is_checked")]
        ids = [option["id"] for option in options]
        return [selector["selected_id"]] if selector.get("selected_id") in ids else ids[:1]
    wanted = (choice,) if isinstance(choice, str) else choice
    found = [option["id"] for option in options if option["id"] in wanted or option["text"] in wanted]
    assert len(found) == len(wanted), f"卡片上没有全部这些选项 {wanted}：{options}"
    return found
