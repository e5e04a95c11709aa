from xml.etree import ElementTree as ET

import pytest

from reports.drawings import svg


def test_names_and_attributes_are_escaped() -> None:
    made = svg.element("text", svg.text("<b>&\"'"), aria_label="\"'<>&")
    element = ET.fromstring(made)
    assert (element.text, element.attrib["aria-label"]) == ("<b>&\"'", "\"'<>&")


@pytest.mark.parametrize("odd", ["a\x00b", "a\x0bb", "a\udc80b", "a\ufffeb", "a\uffffb"])
def test_characters_that_xml_does_not_know_are_left_out(odd: str) -> None:
    assert ET.fromstring(svg.label(odd, 0, 0)).text == "ab"


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (1.25, "1.2"), (-0.01, "0"), (1234.56, "1234.6"), (0.0, "0")]
)
def test_coordinates_have_one_decimal(value: float, written: str) -> None:
    assert svg.number(value) == written


@pytest.mark.parametrize(
    ("words", "width", "cut"),
    [("abcdef", 100, "abcdef"), ("abcdefghij", 32, "abcd…"), ("abcdefghij", 31, ""), ("", 0, "")],
)
def test_a_name_is_cut_to_its_room_or_left_out(words: str, width: float, cut: str) -> None:
    """A letter of size 11 takes 6.38: five fit 32, and fewer than five say nothing."""
    assert svg.fitting(words, width, 11) == cut


def test_a_picture_says_what_it_is() -> None:
    root = ET.fromstring(svg.picture("k", 10, "what it shows", "", "serif", hatched=True))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "what it shows"
    assert root.attrib["viewBox"] == "0 0 860 10"
    assert any(e.attrib.get("id") == "hatch-k" for e in root.iter())
