"""All content of one version, ready for use."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.dialog.acts import Notice
from bot.dialog.flows import Guide
from bot.rendering.templates import Templates


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one load of the content folder gives; a turn uses one bundle from start to end.

    `templates` are those of each kind of output: text (numbered options in the text) and web (options as buttons).
    """

    folder: Path
    guide: Guide
    notices: Mapping[Notice, str]
    templates: Mapping[str, Templates]

    @property
    def version(self) -> str:
        """The content version."""
        return self.guide.knowledge.version
