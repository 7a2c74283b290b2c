"""Short ways to ask the bot and read its answer."""

from functools import cache

from bot.dialog.machine import advance
from bot.dialog.state import State
from bot.messages import OutboundMessage
from bot.rendering.renderer import Renderer
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW


@cache
def renderer() -> Renderer:
    """The renderer of plain text."""
    bundle = shipped_bundle()
    return Renderer(bundle.templates["text"], bundle.notices, bundle.guide.knowledge.hotline)


def talk(*texts: str) -> str:
    """The answer to the last of the texts, without the question that comes back after it."""
    state, messages = State(), tuple[OutboundMessage, ...]()
    for text in ("", *texts):
        turn = advance(state, text, NOW, shipped_bundle().guide)
        state, messages = turn.state, renderer().render(turn.acts, turn.state.profile)
    return "\n".join(message.text for message in messages).split("刚才的问题：")[0].strip()


def first_line(*texts: str) -> str:
    """The first line of that answer."""
    return talk(*texts).splitlines()[0]
