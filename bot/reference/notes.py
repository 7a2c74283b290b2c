"""What a key of a file is for, in Chinese, with an example: read in the editor and on the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Note:
    """What the key is for, and an example as it is written."""

    what: str
    example: str = ""


Notes = Mapping[type[BaseModel], Mapping[str, Note]]
