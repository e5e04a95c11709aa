"""Facts about copied code."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.evidence import Fact


@dataclass(frozen=True, slots=True)
class Copy:
    """A stretch of a product file that stands in another one, too. ``line`` is its first; ``lines`` counts lines of code."""

    path: str
    line: int
    lines: int


@dataclass(frozen=True, slots=True)
class Duplication(Fact):
    """Copies between product files: stretches of at least 6 lines of code and 50 words and signs, comments left out.

    ``copies`` are the longest 500. ``copied_lines`` ÷ ``lines`` is the share of the code lines looked at (neither blank nor
    comment alone); ``code_lines_measured`` ÷ ``code_lines`` tells how much of the product code that was.
    """

    copies: tuple[Copy, ...]
    copied_lines: int
    lines: int
    code_lines_measured: int
    code_lines: int
