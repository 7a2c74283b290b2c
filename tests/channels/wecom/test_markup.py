"""The XML of callbacks: read the same in the quick way as in the thorough one, and never past its limits."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom.markup import (
    DEEPEST,
    MOST_ELEMENTS,
    Element,
    NotXml,
    drop_control_signs,
    parse_xml,
    write_cdata,
)
from tests.channels.wecom.vectors import WECOM

PLAIN = [one["plaintext"] for one in WECOM["callbacks"].values()]
NAMES = st.sampled_from(["ToUserName", "Content", "MsgId", "EventKey", "Encrypt"])


def by_the_library(text: str) -> Element:
    """What the standard library reads."""

    def convert(node: ET.Element) -> Element:
        inner = (node.text or "") + "".join(child.tail or "" for child in node)
        return Element(node.tag, inner, tuple(convert(child) for child in node))

    return convert(ET.fromstring(text))


@pytest.mark.parametrize("text", PLAIN, ids=list(WECOM["callbacks"]))
def test_a_callback_is_read_as_the_library_reads_it(text: str) -> None:
    assert parse_xml(text).children == by_the_library(text).children


@given(st.lists(st.tuples(NAMES, st.text(max_size=40)), max_size=8))
def test_every_text_comes_back_as_it_was(parts: list[tuple[str, str]]) -> None:
    xml = f"<xml>{''.join(write_cdata(name, text) for name, text in parts)}</xml>"

    read = parse_xml(xml)

    expected = [(name, drop_control_signs(text).replace("\r\n", "\n").replace("\r", "\n")) for name, text in parts]
    assert [(one.name, one.text) for one in read.children] == expected
    assert read.children == by_the_library(xml).children


@given(st.text("<>/![]CDAxml&;ab \n", max_size=120))
def test_what_is_no_xml_is_none_in_either_way(text: str) -> None:
    try:
        expected = by_the_library(f"<xml>{text}</xml>")
    except ET.ParseError:
        with pytest.raises(NotXml):
            parse_xml(f"<xml>{text}</xml>")
    else:
        try:
            assert parse_xml(f"<xml>{text}</xml>").children == expected.children
        except NotXml:
            assert "<!DOCTYPE" in text


DEEP = "<xml>" + "<a>" * DEEPEST + "</a>" * DEEPEST + "</xml>"
WIDE = "<xml>" + "<a></a>" * (MOST_ELEMENTS + 1) + "</xml>"
WIDE_AND_NESTED = "<xml><b>" + "<a></a>" * (MOST_ELEMENTS + 1) + "</b></xml>"
DECLARED = "<!DOCTYPE xml><xml><a>1</a></xml>"


@pytest.mark.parametrize("text", [DEEP, WIDE, WIDE_AND_NESTED, DECLARED, "", "x"])
def test_what_the_platform_never_sends_is_refused(text: str) -> None:
    with pytest.raises(NotXml):
        parse_xml(text)
