"""report.html: nothing in it runs, loads or leaks, nothing unknown is lost, and every anchor leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest

from reports.html import FORMAT, render
from scanner.core.assessment import Assessment
from tests import builders_reports as built


@dataclass
class Page(HTMLParser):
    """A parsed report: elements with their attributes, its style, its visible words."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    style: str = ""
    words: str = ""
    stack: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"style", "title"}:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.stack and self.stack[-1] == tag:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if self.stack[-1:] == ["style"]:
            self.style += data
        else:
            self.words += data

    def values(self, attribute: str) -> list[tuple[str, str]]:
        return [(tag, attrs[attribute]) for tag, attrs in self.elements if attribute in attrs]


def parse(assessment: Assessment) -> Page:
    page = Page()
    page.feed(render(assessment, built.catalogue()).decode())
    page.close()
    return page


@pytest.fixture(scope="module")
def page() -> Page:
    return parse(built.golden())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_format_is_a_web_page() -> None:
    assert (FORMAT.name, FORMAT.filename, FORMAT.media_type) == ("html", "report.html", "text/html")


def test_nothing_can_run(page: Page) -> None:
    assert {tag for tag, _ in page.elements}.isdisjoint(
        {"script", "iframe", "object", "embed", "form", "link", "base", "input", "button"}
    )
    names = {name for _, attrs in page.elements for name in attrs}
    assert not [name for name in names if name.startswith("on") or name in {"style", "srcset", "srcdoc", "action"}]


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    assert all(tag == "img" and value.startswith("data:image/svg+xml;base64,") for tag, value in page.values("src"))
    assert "url(" not in page.style
    assert "@import" not in page.style
    outward = [(tag, value) for tag, value in page.values("href") if not value.startswith("#")]
    assert outward
    assert all(tag == "a" and re.match(r"https?://", value) for tag, value in outward)


def test_the_policy_admits_only_this_style_and_inline_pictures(page: Page) -> None:
    policy = next(a["content"] for t, a in page.elements if t == "meta" and "http-equiv" in a)
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    expected = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert directives["default-src"] == "'none'"
    assert directives["img-src"] == "data:"
    assert directives["style-src"] == f"'sha256-{expected}'"
    assert "unsafe" not in policy
    assert sum(1 for tag, _ in page.elements if tag == "style") == 1


def test_what_strangers_write_stays_text(page: Page) -> None:
    assert built.SCRIPT in page.words
    assert "<img src=x onerror=alert(1)>" in page.words
    assert all(attrs["src"].startswith("data:") for tag, attrs in page.elements if tag == "img")
    assert not any(mark in page.words for mark in "\u202e\u2066\u200f\u061c")


def test_a_name_cannot_leave_its_attribute() -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    profile = replace(built.profiles()[0], url=f"https://forge.example/{hostile}")
    page = parse(replace(built.golden(), title=hostile, profiles=(profile,)))
    assert hostile in page.words
    assert not [a for _, a in page.elements if "onerror" in a or a.get("src") == "x"]


def test_personal_digests_are_not_printed(page: Page) -> None:
    assert "secretdigest" not in page.words


def test_every_anchor_resolves_and_is_unique(page: Page) -> None:
    ids = [value for _, value in page.values("id")]
    assert len(ids) == len(set(ids))
    inward = {value[1:] for tag, value in page.values("href") if tag == "a" and value.startswith("#")}
    assert inward <= set(ids)
    assert {"stage-security", "check-SEC-001"} <= inward


def test_every_gap_and_every_stage_that_cannot_be_assessed_is_told(page: Page) -> None:
    words = flat(page.words)
    for gap in built.gaps():
        assert flat(gap.detail) in words
        assert flat(gap.closes) in words
    for stage in built.UNASSESSABLE:
        assert stage.spec.name in words
    assert words.lower().count("not assessable") >= len(built.UNASSESSABLE)


def test_the_summary_prints_score_interval_level_and_coverage(page: Page) -> None:
    words = flat(page.words)
    assert "53" in words
    assert "41 to 67" in words
    assert "3 defined" in words
    assert "71 %" in words


def test_a_whole_without_level_is_not_given_a_score_as_its_headline() -> None:
    golden = built.golden()
    words = flat(parse(replace(golden, overall=replace(golden.overall, level=None))).words)
    assert "not assessable as a whole" in words.lower()
    assert "41 to 67" in words
    assert "scores 53 of 100" not in words


def test_nothing_known_is_neither_zero_nor_a_pass() -> None:
    words = flat(parse(built.bare()).words)
    assert "not assessable as a whole" in words.lower()
    assert "0 to 100" in words
    assert "0 of 100" not in words.replace("100 of 100", "")


def test_every_picture_has_words(page: Page) -> None:
    pictures = [attrs for tag, attrs in page.elements if tag == "img"]
    assert len(pictures) == 7
    assert all(attrs.get("alt") for attrs in pictures)


def test_two_renders_are_equal() -> None:
    assert render(built.golden(), built.catalogue()) == render(built.golden(), built.catalogue())
