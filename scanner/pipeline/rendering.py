"""Rendering reports, remembering the result: the same assessment under the same code gives the same bytes."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from reports.format import ReportFormat
from scanner.core.assessment import Assessment
from scanner.pipeline.code import code_digest
from scanner.pipeline.judge import catalogue

_KEPT = 64
"""Rendered reports kept in the cache folder, newest first."""


def rendered(form: ReportFormat, assessment: Assessment, published: bytes, folder: Path) -> bytes:
    """``assessment`` as ``form``; ``published`` is its JSON, which names everything a report can say of it.

    Kept in ``folder`` under the name `kept_as` gives; any failure there only means rendering again.
    """
    kept = folder / kept_as(form, published)
    with suppress(OSError):
        return kept.read_bytes()
    content = published if form.name == "json" else form.render(assessment, catalogue())
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = kept.with_suffix(".part")
        part.write_bytes(content)
        part.replace(kept)
        for old in sorted(kept.parent.iterdir(), key=lambda p: p.stat().st_mtime_ns, reverse=True)[_KEPT:]:
            old.unlink()
    return content


def kept_as(form: ReportFormat, published: bytes) -> str:
    """The name of a kept report: the digest of its JSON, its format, the report code and every declaration."""
    key = hashlib.sha256(b"\0".join((_code(), form.name.encode(), published))).hexdigest()
    return f"{key}{form.suffix}"


@cache
def _code() -> bytes:
    """The digest of the report code and of every declaration: what else the bytes of a report depend on."""
    declared = hashlib.sha256(repr(sorted(catalogue().items())).encode()).hexdigest()
    return f"{code_digest('reports')}{declared}".encode()
