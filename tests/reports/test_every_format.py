"""Promises that every report format keeps: nothing unknown is dropped, and the same input gives the same bytes."""

import html
import json
import re
import shutil
import subprocess
from functools import cache
from html.parser import HTMLParser

import pytest

from reports.registry import formats
from scanner.core.evidence import Unknown
from scanner.core.text import clean
from tests.builders_drawings import HOSTILE
from tests.builders_estate import whole
from tests.builders_reports import UNASSESSABLE, bare, catalogue, golden

FORMATS = formats()
each_format = pytest.mark.parametrize("name", FORMATS)


class Words(HTMLParser):
    """The visible text of a page."""

    text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def read(name: str, content: bytes) -> str:
    """The text that a reader of the format sees."""
    match name:
        case "pdf":
            if shutil.which("pdftotext") is None:
                pytest.skip("pdftotext is not installed")
            return subprocess.run(
                ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
            ).stdout.decode()
        case "html":
            page = Words(convert_charrefs=True)
            page.feed(content.decode())
            return page.text
        case "md":
            return html.unescape(re.sub(r"\\(.)", r"\1", content.decode()))
        case "json":
            return json.dumps(json.loads(content), ensure_ascii=False).replace('\\"', '"')
        case _:
            raise AssertionError(f"say how {name} is read")


def bald(text: str) -> str:
    """Without white space, which every layout breaks elsewhere, and without invisible characters."""
    return re.sub(r"\s", "", clean(text, 10_000_000))


@cache
def seen(name: str) -> str:
    return bald(read(name, FORMATS[name].render(golden(), catalogue())))


@each_format
def test_every_gap_is_told_with_its_detail_and_its_remedy(name: str) -> None:
    for gap in golden().gaps:
        assert bald(gap.what) in seen(name)
        assert bald(gap.detail) in seen(name)
        assert bald(gap.closes) in seen(name)


@each_format
def test_every_stage_that_cannot_be_judged_says_so(name: str) -> None:
    for stage in UNASSESSABLE:
        assert bald(stage.spec.name) in seen(name)
    word = '"assessable":false' if name == "json" else "notassessable"
    assert seen(name).count(word) >= len(UNASSESSABLE)


@each_format
def test_every_open_question_is_told(name: str) -> None:
    assert golden().questions
    for question in golden().questions:
        assert bald(question.text) in seen(name)


@each_format
def test_the_waiver_the_cap_and_the_worst_risk_are_told(name: str) -> None:
    assert bald("accepted by the CTO until 2026-12-31") in seen(name)
    assert bald("a live secret stands in the history of acme/api") in seen(name)
    assert bald("A live credential is public") in seen(name)


@pytest.mark.parametrize("name", ["html", "json"])
def test_the_reason_of_every_unknown_answer_is_told(name: str) -> None:
    """PDF and Markdown tell reasons in their request list, where scoring puts the hole behind every unknown answer."""
    outcomes = {j.indicator.outcome for j in golden().indicators}
    details = {o.detail for o in outcomes if isinstance(o, Unknown)}
    assert len(details) == 1
    assert all(bald(d) in seen(name) for d in details)


@each_format
def test_digests_that_depend_on_the_users_key_stay_out(name: str) -> None:
    assert "secretdigest" not in seen(name)


@each_format
def test_the_same_assessment_gives_the_same_bytes(name: str) -> None:
    assert FORMATS[name].render(golden(), catalogue()) == FORMATS[name].render(golden(), catalogue())


@each_format
def test_an_assessment_of_nothing_can_be_rendered_without_any_declaration(name: str) -> None:
    assert FORMATS[name].render(bare(), {})
    assert FORMATS[name].render(golden(), {})


@each_format
def test_no_report_promises_what_it_cannot_keep(name: str) -> None:
    assert not re.search("board-?ready|replacesadvisors|guarantee", seen(name), re.IGNORECASE)


@each_format
def test_the_departure_test_and_the_stack_stand_in_every_format(name: str) -> None:
    told = bald(read(name, FORMATS[name].render(whole(), catalogue())))
    for word in ("billing", bald(HOSTILE[2])):
        assert word in told
