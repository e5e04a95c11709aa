import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from reports import html, pdf
from reports import json as published
from reports.drawings.section import drawn
from scanner.core.assessment import Assessment
from scanner.core.drawings import Cell, FileMap
from tests.builders_drawings import drawing, drawn_assessment, file_map, hostile, unknown
from tests.builders_drawings import months as of
from tests.builders_estate import shop, whole
from tests.builders_reports import API, EMPTY, HOSTILE_REPO, bare, catalogue, golden

ALLOWED = {"svg", "title", "defs", "pattern", "marker", "path", "rect", "text", "line", "circle", "g"}


class Page(HTMLParser):
    """A page's elements and ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(assessment: Assessment) -> Page:
    made = Page()
    made.feed(html.render(assessment, catalogue()).decode())
    return made


@pytest.fixture(scope="module")
def full() -> Page:
    return page(replace(drawn_assessment(), months=of({"TEA-001": 10}, {"TEA-001": 90})))


def test_hostile_names_are_words_in_every_picture() -> None:
    pictures = [p for r in drawn(drawn_assessment(hostile())).repositories for p in r.pictures]
    assert [bool(p.svg) for p in pictures] == [True] * 4
    for made in pictures:
        elements = list(ET.fromstring(made.svg).iter())
        assert {e.tag.rsplit("}", 1)[-1] for e in elements} <= ALLOWED
        assert not [n for e in elements for n in e.attrib if n.startswith("on") or n in {"style", "href"}]
        assert "<script>alert(1)</script>" in "".join(ET.fromstring(made.svg).itertext())
        assert "\u202e" not in made.svg


def test_nothing_in_the_page_can_run_and_ids_are_unique(full: Page) -> None:
    assert "script" not in full.tags
    assert not [n for n, _ in full.attributes if n.startswith("on") or n == "style"]
    assert ("src", "x") not in full.attributes
    ids = [v for n, v in full.attributes if n == "id"]
    assert len(ids) == len(set(ids))
    used = {m for _, v in full.attributes for m in re.findall(r"url\(#([^)]+)\)", v)}
    assert used
    assert used <= set(ids)


def test_every_picture_has_words_for_those_who_cannot_see_it(full: Page) -> None:
    assert full.tags.count("title") > 8
    for repository in drawn(drawn_assessment()).repositories:
        for made in repository.pictures:
            assert ET.fromstring(made.svg).attrib["aria-label"] == made.about
            assert made.tables
            assert all(len(row) == len(t.head) for t in made.tables for row in t.rows)


def test_unknown_parts_say_why_and_draw_nothing() -> None:
    (repository,) = drawn(drawn_assessment(unknown())).repositories
    assert [p.svg for p in repository.pictures] == ["", "", ""]
    for made in repository.pictures:
        assert "larger than the limit (the history has too many commits <b>)" in made.words[0]
        assert "What closes it: a deeper scan <i>." in made.words[0]
    assert "the history has too many commits <b>" in page(drawn_assessment(unknown())).words


def test_a_repository_without_product_code_says_so() -> None:
    (repository,) = drawn(drawn_assessment(replace(drawing(), files=FileMap((), 0, 0)))).repositories
    assert repository.pictures[0].words == ("There is no product code.",)


def test_nothing_drawn_says_so_and_who_is_left_out_is_named() -> None:
    assert drawn(bare()).nothing == "Nothing is drawn: no repository that counts could be read."
    assert drawn(golden()).nothing
    assert drawn(drawn_assessment(drawing(API))).left_out == f"Not drawn: {HOSTILE_REPO.name}."
    assert EMPTY.name not in drawn(drawn_assessment(drawing(API))).left_out
    assert drawn(drawn_assessment()).left_out == ""


def test_how_do_you_know_is_answered_without_keyed_digests(full: Page) -> None:
    assert "tree-code-size 3" in full.words
    assert "abababababab" in full.words


@pytest.mark.parametrize("form", [html.FORMAT, pdf.FORMAT, published.FORMAT], ids=lambda f: f.name)
def test_the_same_drawings_give_the_same_bytes(form: html.ReportFormat) -> None:
    seen = replace(drawn_assessment(), months=of({"TEA-001": 10}, {"TEA-001": 90}))
    assert form.render(seen, catalogue()) == form.render(seen, catalogue())


def test_the_json_tells_two_drawings_apart_and_stays_small() -> None:
    """Rendered reports are kept by the digest of the JSON: it must change with every picture."""
    one = published.render(drawn_assessment(), catalogue())
    other = published.render(
        drawn_assessment(replace(drawing(), files=file_map(Cell("src/a.py", 61))), hostile()), catalogue()
    )
    assert one != other
    assert len(one) - len(published.render(golden(), catalogue())) < 4_000
    first = json.loads(one)["drawings"][0]
    assert (first["subject"], first["cells"], first["modules"], first["pairs"]) == ("repo:acme/api", 3, 3, 1)


def test_a_hostile_estate_leaves_the_page_ours() -> None:
    seen = page(whole())
    assert "script" not in seen.tags
    assert ("src", "x") not in seen.attributes
    assert not [n for n, _ in seen.attributes if n.startswith("on") or n == "style"]
    ids = [v for n, v in seen.attributes if n == "id"]
    assert len(ids) == len(set(ids))
    assert "P1, P2" in seen.words
    assert "unknown, access was refused" in seen.words
    assert pdf.render(whole(), catalogue()).startswith(b"%PDF")


def test_every_json_tells_two_estates_apart() -> None:
    one = whole()
    assert published.render(one, {}) != published.render(replace(one, services=shop()), {})
