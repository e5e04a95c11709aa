"""Facts with empty defaults for the checks of architecture, process, security and vendors."""

from __future__ import annotations

import dataclasses
import types
from datetime import datetime
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from scanner.core.evidence import Across, F
from scanner.core.outcomes import Certainty, Measured, Outcome, Severity
from scanner.core.subjects import Kind, Subject
from tests.builders import AS_OF

T = TypeVar("T")

_EMPTY: dict[Any, Any] = {
    str: "", int: 0, float: 0.0, bool: False, datetime: AS_OF, Severity: Severity.MEDIUM, Certainty: Certainty.HIGH,
}  # fmt: skip


def _empty(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return ()
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
        return None
    return _EMPTY[hint]


def plain(kind: type[T], /, **given: Any) -> T:
    """A dataclass with ``given`` and else nothing: zero, empty, None, the first literal, ``AS_OF``."""
    assert dataclasses.is_dataclass(kind)
    hints = get_type_hints(kind)
    values = {
        f.name: _empty(hints[f.name])
        for f in dataclasses.fields(kind)
        if f.default is dataclasses.MISSING and f.name not in given
    }
    return kind(**(values | given))


def measured(outcome: Outcome) -> Measured:
    """The outcome, which must be a measured figure."""
    assert isinstance(outcome, Measured), outcome
    return outcome


def repo(name: str) -> Subject:
    """A repository of the estate."""
    return Subject(Kind.REPO, name)


def across(**facts: F) -> Across[F]:
    """Facts of repositories ``acme/<name>``."""
    return Across({repo(f"acme/{name}"): fact for name, fact in facts.items()})
