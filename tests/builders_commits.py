"""Commits as the stream tells them, with plain defaults."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scanner.commits import Commit
from tests.builders import AS_OF


def commit(
    name: str = "Ann Lee",
    email: str = "ann@acme.io",
    *,
    at: datetime = AS_OF,
    authored: datetime | None = None,
    subject: str = "",
    body: str = "",
    paths: Iterable[str] = (),
    parents: tuple[str, ...] = (),
) -> Commit:
    """A commit of ``paths`` by one author at ``at``, in UTC."""
    by, made = int((authored or at).timestamp()), int(at.timestamp())
    return Commit("0" * 40, parents, name, email, by, "+0000", made, subject, body, tuple(paths), False)
