"""The little XML that WeCom speaks: read without a document type and within limits, written so that no text escapes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 8
MOST_ELEMENTS = 512

_IS_WHOLE = True
_LEAF = r"\s*+<(\w{1,40})>(?:<!\[CDATA\[([^\]]*+)\]\]>|([^<>&\]]*+))</\1>"
_LEAVES = re.compile(_LEAF)
_OPENED = "<xml>"
_FLAT = re.compile(rf"{_OPENED}(?:{_LEAF})*\s*+</xml>\s*+")
"""What nearly every callback is: elements one after the other, with no mark in their texts that could mean more."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class NotXml(ValueError):
    """Raised when a text is not XML, has a document type, or is larger than anything that the platform sends."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element with the text that stands directly in it."""

    name: str
    text: str
    children: tuple["Element", ...]

    def find(self, name: str) -> "Element | None":
        """The first child of this name."""
        return next(self.find_all(name), None)

    def find_all(self, name: str) -> Iterator["Element"]:
        """The children of this name, in order."""
        return (child for child in self.children if child.name == name)

    def text_of(self, name: str) -> str:
        """The text of the first child of this name; empty when there is none."""
        child = self.find(name)
        return child.text if child else ""


@dataclass(slots=True)
class _Open:
    name: str
    texts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)


class _Builder:
    """Takes what the parser finds; stops it at the first thing that has no place here."""

    def __init__(self) -> None:
        self._open = [_Open("")]
        self._count = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._write

    def build(self, text: str) -> Element:
        self._parser.Parse(text, _IS_WHOLE)
        return self._open[0].children[0]

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > DEEPEST:
            raise NotXml("too many elements, or too deep")
        self._open.append(_Open(name))

    def _end(self, name: str) -> None:
        done = self._open.pop()
        self._open[-1].children.append(Element(name, "".join(done.texts), tuple(done.children)))

    def _write(self, text: str) -> None:
        self._open[-1].texts.append(text)

    @staticmethod
    def _refuse(*_: object) -> None:
        raise NotXml("a document type")


def parse_xml(text: str) -> Element:
    """The root element; raises NotXml."""
    if "\r" not in text and _FLAT.fullmatch(text):
        return _read_leaves(text)
    try:
        return _Builder().build(text)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotXml("not XML") from error


def _read_leaves(text: str) -> Element:
    leaves = _LEAVES.findall(text, len(_OPENED))
    if len(leaves) > MOST_ELEMENTS:
        raise NotXml("too many elements")
    return Element("xml", "", tuple(Element(name, cdata or bare, ()) for name, cdata, bare in leaves))


def drop_control_signs(text: str) -> str:
    """The text without the signs that XML has no place for; tabs and line ends stay."""
    return _NOT_XML.sub("", text)


def write_cdata(name: str, text: str) -> str:
    """An element whose text is read again as it stands, whatever it holds."""
    return f"<{name}><![CDATA[{drop_control_signs(text).replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
