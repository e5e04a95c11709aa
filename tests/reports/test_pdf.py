import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from reports.pdf import FORMAT
from scanner.core.text import clean
from tests.builders_reports import HOSTILE, LONG, SCRIPT, TYPST, bare, catalogue, finding, gaps, golden

needs_reader = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


def pages(content: bytes) -> list[str]:
    """The text of each page without white space and invisible characters."""
    ended = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return [re.sub(r"\s", "", clean(page, 1_000_000)) for page in ended.stdout.decode().split("\f")[:-1]]


def bald(text: str) -> str:
    return re.sub(r"\s", "", clean(text, 10_000))


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return FORMAT.render(golden(), catalogue())


@pytest.fixture(scope="module")
def read(rendered: bytes) -> list[str]:
    return pages(rendered)


def test_it_is_dated_by_the_assessment_and_the_same_twice(rendered: bytes) -> None:
    assert rendered.startswith(b"%PDF-")
    assert b"D:20260630000000" in rendered
    assert FORMAT.render(golden(), catalogue()) == rendered


@needs_reader
def test_hostile_text_stays_text(read: list[str]) -> None:
    whole = "".join(read)
    for text in HOSTILE:
        assert bald(text)[:150] in whole
    assert bald(f"Acme GmbH {SCRIPT}") in read[0]
    assert bald(TYPST) in whole


@needs_reader
def test_a_word_without_end_breaks_instead_of_leaving_the_page(read: list[str]) -> None:
    assert "A" * 590 in "".join(read)
    assert LONG.startswith("A" * 600)


def test_only_web_addresses_are_linked(rendered: bytes) -> None:
    assert b"javascript:" not in rendered
    assert b"evil.example" not in rendered


@needs_reader
def test_the_summary_takes_two_pages_even_when_every_text_is_long() -> None:
    wordy = golden()
    long = "many words that say very little " * 20
    wordy = replace(
        wordy,
        swot=tuple(replace(wordy.swot[0], text=f"{i} {long}") for i in range(7)),
        risks=tuple(replace(r, title=f"{r.id} {long}", consequence=long) for r in wordy.risks),
        recommendations=tuple(replace(r, title=f"{r.id} {long}", why=long) for r in wordy.recommendations),
        questions=tuple(replace(wordy.questions[0], text=f"{i} {long}") for i in range(7)),
    )
    heads = [page[:200] for page in pages(FORMAT.render(wordy, catalogue()))]
    first = next(i for i, head in enumerate(heads) if "Executivesummary" in head and "Contents" not in head)
    after = next(i for i, head in enumerate(heads) if "Howtoreadascore" in head and i > first)
    assert after - first <= 2


@needs_reader
def test_a_very_long_gap_is_told_whole() -> None:
    long = " ".join(f"word{i}" for i in range(240))
    told = replace(golden(), gaps=(replace(gaps()[0], detail=long),))
    assert len(long) < 2000
    text = "".join(pages(FORMAT.render(told, {})))
    assert "word0" in text
    assert "word239" in text


@needs_reader
def test_nothing_known_is_neither_zero_nor_a_pass() -> None:
    text = "".join(pages(FORMAT.render(bare(), {})))
    assert "Notassessableasawhole" in text
    assert text.count("Notassessable:toolittleisknown") == 16


@needs_reader
def test_every_page_but_the_cover_carries_number_and_confidentiality(read: list[str]) -> None:
    for number, page in enumerate(read[1:], start=2):
        assert f"{number}of{len(read)}" in page
        assert "Confidential" in page


@needs_reader
def test_letters_outside_the_fonts_cost_nothing_but_themselves() -> None:
    odd = replace(golden(), findings=(finding(1, message="Ünïcode Ж Ω"), finding(2, message="漢字 filename")))
    text = "".join(pages(FORMAT.render(odd, {})))
    assert "ÜnïcodeЖΩ" in text
    assert "filename" in text
    assert "showasboxeshere" in text
