"""Where the imports of Java and Kotlin files lead: both keep their types in the same packages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from collectors.code.graph import Raw, Resolution
from collectors.code.type_names import Namespaces

_NESTED = 3
"""Levels that a member or a type within a type lies below the one whose file it stands in, at most."""


class JvmResolver:
    """Resolves types to files. ``raws`` are the Java and Kotlin files of the repository by path.

    A Java file is named after its type, a Kotlin file most often; the functions of a Kotlin file are also members of a class
    named after the file.
    """

    def __init__(self, raws: Mapping[str, Raw]) -> None:
        self._types = Namespaces(
            {path: dataclasses.replace(raw, declared=_declared(path, raw)) for path, raw in raws.items()}
        )

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the imports and the names used in ``path`` lead."""
        out = Resolution(self._types.among(raw.package, raw.names, path))
        for written in raw.imports:
            package, _, name = written.rpartition(".")
            if name == "*" and self._types.has(package):
                out.modules |= self._types.among(package, raw.names, path)
                continue
            target = self._type(written, path)
            if target:
                out.modules.add(target)
            elif self._is_own(package):
                out.unresolved += 1
            else:
                out.external += 1
        out.modules.discard(path)
        return out

    def _is_own(self, package: str) -> bool:
        """Whether a name in this package ought to be here, in a file or in a type of one."""
        outer = package.rpartition(".")[0]
        return self._types.has(package) or bool(outer and self._types.has(outer))

    def _type(self, written: str, path: str) -> str:
        """The file of a type, of the type around it, or of the type that a static member belongs to."""
        at = written.removesuffix(".*")
        for _ in range(_NESTED):
            package, _, name = at.rpartition(".")
            found = self._types.of(package, name, path)
            if found:
                return found
            at = package
        return ""


def _declared(path: str, raw: Raw) -> tuple[str, ...]:
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    named = (stem,) if suffix == "java" or stem[:1].isupper() else ()
    return (
        named if suffix == "java" else tuple(dict.fromkeys((*raw.declared, *named, f"{stem[:1].upper()}{stem[1:]}Kt")))
    )
