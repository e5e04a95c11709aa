import re
from dataclasses import replace

import pytest

from reports.markdown import FORMAT
from reports.markdown_parts import text
from tests.builders_reports import LINKS, bare, catalogue, finding, golden


@pytest.fixture(scope="module")
def told() -> str:
    return FORMAT.render(golden(), catalogue()).decode()


@pytest.mark.parametrize(
    ("raw", "literal"),
    [
        ("<script>", "&lt;script&gt;"),
        ("&lt;", "&amp;lt;"),
        ("a|b", r"a\|b"),
        ("\\|", r"\\\|"),
        ("*b* _i_ `c`", r"\*b\* \_i\_ \`c\`"),
        ("[x](javascript:1)", r"\[x\]\(javascript:1\)"),
        ("$x$ ~~y~~ #3 !", r"\$x\$ \~\~y\~\~ \#3 \!"),
        ("https://x www.y @ann", r"https\://x www\.y \@ann"),
        ("- a", r"\- a"),
        ("+1", r"\+1"),
        ("=cmd()", r"\=cmd\(\)"),
        ("12. a", r"12\. a"),
        ("3) a", r"3\) a"),
        ("1. two - three. four", r"1\. two - three. four"),
        ("1.0.0", "1.0.0"),
    ],
)
def test_marks_become_literal(raw: str, literal: str) -> None:
    assert text(raw) == literal


def test_no_tag_picture_code_or_foreign_link_stands_in_the_report(told: str) -> None:
    assert "<" not in told
    assert re.search(r"(?<!\\)`|(?<!\\)!\[", told) is None
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", told)
    assert links
    assert all(link.startswith("https://github.com/acme/api/blob/") for link in links)


def test_an_address_cannot_leave_its_link() -> None:
    odd = replace(golden(), findings=(finding(1, path="a) [x](javascript:1)|b\\"),))
    line = next(k for k in FORMAT.render(odd, {}).decode().splitlines() if "handler" not in k and "/blob/" in k)
    address = re.search(r"(?<!\\)\]\(([^)]*)\)", line)
    assert address is not None
    assert address[1].startswith("https://github.com/acme/api/blob/")
    assert not re.search(r"[()|\\ ]", address[1])


def test_every_row_of_a_table_has_the_cells_of_its_head(told: str) -> None:
    width = 0
    for line in told.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and cells) or cells == width, line
        width = cells


def test_a_hostile_message_stands_there_as_it_was_written(told: str) -> None:
    assert text(LINKS) in told


def test_nothing_known_reads_as_unknown_and_not_as_zero() -> None:
    nothing = FORMAT.render(bare(), {}).decode()
    assert nothing.count("| not assessable | 0 to 100 | not assessable | 0 % |") == 16
    assert "| **not assessable as a whole** | 0 to 100 | not assessable | 0 % | 0 % |" in nothing


def test_the_first_scan_has_no_trend() -> None:
    assert "## Trend" not in FORMAT.render(replace(golden(), trend=None), catalogue()).decode()


def test_findings_beyond_the_list_are_counted(told: str) -> None:
    assert "103 open:" in told
    assert "43 more findings in assessment.json." in told
