"""Functions by lizard, for the languages that tree-sitter has no grammar for among ours. Their cognitive complexity is not known."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr

from collectors.code.complexity import Measure
from scanner.core.text import clean

SUFFIXES = frozenset(
    ".m .mm .lua .pl .pm .r .f70 .f90 .f95 .f03 .f08 .sol .gd .erl .zig .vue".split()  # noqa: SIM905 - reads as a list
)
_NAME_CHARACTERS = 120
_SILENCERS = re.compile(r"#lizard forgive|GENERATED CODE")
"""Marks by which a file asks lizard to look away."""


def parse(content: bytes, suffix: str) -> tuple[tuple[Measure, ...], str]:
    """The functions in ``content``, and why there are none; a language that lizard does not read has neither."""
    if suffix not in SUFFIXES:
        return (), ""
    import lizard  # slow to import

    said, shown = io.StringIO(), _SILENCERS.sub("", content.decode("utf-8", "replace"))
    with redirect_stderr(said):
        found_in = lizard.analyze_file.analyze_source_code(f"x{suffix}", shown)
    if "RecursionError" in said.getvalue():
        return (), "nested too deeply"
    return tuple(
        Measure(
            clean(f.name, _NAME_CHARACTERS),
            f.start_line,
            f.cyclomatic_complexity,
            f.length,
            f.parameter_count,
            None,
            None,
        )
        for f in found_in.function_list
    ), ""
