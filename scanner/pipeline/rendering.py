"""Rendering reports, remembering the result: the same assessment under the same code gives the same bytes."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reports.charts import drawing_once
from reports.format import ReportFormat
from scanner.core.assessment import Assessment
from scanner.pipeline.code import code_digest
from scanner.pipeline.judge import catalogue

_KEPT = 64
"""Rendered reports kept in the cache folder, newest first."""
_PICTURES = 512
"""Pictures kept beside them, newest first."""


class Pictures:
    """Pictures in a folder, each under the digest of what it is drawn from and of the library that draws."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, specification: str) -> str | None:
        """The picture drawn from ``specification``, None when it is not kept."""
        with suppress(OSError, ValueError):
            return self._path(specification).read_text("utf-8")
        return None

    def put(self, specification: str, svg: str) -> None:
        """Keep ``svg``; failing to is no failure."""
        with suppress(OSError):
            _keep(self._path(specification), svg.encode(), _PICTURES)

    def _path(self, specification: str) -> Path:
        named = f"{version('vl-convert-python')}\0{specification}"
        return self._folder / f"{hashlib.sha256(named.encode()).hexdigest()}.svg"


def rendered(form: ReportFormat, assessment: Assessment, published: bytes, folder: Path) -> bytes:
    """``assessment`` as ``form``; ``published`` is its JSON, which names everything a report can say of it.

    Kept in ``folder`` under the name `kept_as` gives; any failure there only means rendering again.
    """
    kept = folder / kept_as(form, published)
    with suppress(OSError):
        return kept.read_bytes()
    with drawing_once(Pictures(folder / "pictures")):
        content = published if form.name == "json" else form.render(assessment, catalogue())
    with suppress(OSError):
        _keep(kept, content, _KEPT)
    return content


def _keep(path: Path, content: bytes, most: int) -> None:
    """Write ``content`` to ``path`` in a folder that holds at most so many files."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
    files = [old for old in path.parent.iterdir() if old.is_file()]
    for old in sorted(files, key=lambda p: p.stat().st_mtime_ns, reverse=True)[most:]:
        old.unlink()


def kept_as(form: ReportFormat, published: bytes) -> str:
    """The name of a kept report: the digest of its JSON, its format, the report code and every declaration."""
    key = hashlib.sha256(b"\0".join((_code(), form.name.encode(), published))).hexdigest()
    return f"{key}{form.suffix}"


@cache
def _code() -> bytes:
    """The digest of the report code and of every declaration: what else the bytes of a report depend on."""
    declared = hashlib.sha256(repr(sorted(catalogue().items())).encode()).hexdigest()
    return f"{code_digest('reports')}{declared}".encode()
