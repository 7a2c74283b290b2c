"""What the user reads after a turn."""

from bot.dialog.machine import Transition
from bot.rendering.renderer import Renderer
from tests.content_fixture import shipped_bundle


def read_out(done: Transition, kind: str = "text") -> str:
    """All messages of a turn, as one text."""
    bundle = shipped_bundle()
    renderer = Renderer(bundle.templates[kind], bundle.notices, bundle.guide.knowledge.hotline)
    return "\n".join(message.text for message in renderer.render(done.acts, done.state.profile))
