"""What is known of the modules of the import graph beside their imports: types, ways in, layers that the repository declares."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.evidence import Fact


@dataclass(frozen=True, slots=True)
class Module:
    """One product module of the import graph, by the same ``path``.

    ``folder`` is its package ("" is the root). ``types`` counts types declared in it, ``abstract_types`` those of them that
    others must fill in: interfaces, traits, protocols, abstract classes; both are 0 in languages that do not declare types so.
    ``reached`` says that something else than an import may lead to it: it is started, named by a setting, part of a library's
    interface, or of a language whose frameworks and linkers find files by themselves.
    """

    path: str
    language: str
    folder: str
    types: int
    abstract_types: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Layering:
    """Layers that a file of the repository declares, the highest first; each is the paths that it begins with, without suffix."""

    declared_in: str
    layers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Modules(Fact):
    """Every product module of the import graph, by path, and the layers declared for them; empty when none are declared."""

    modules: tuple[Module, ...]
    layerings: tuple[Layering, ...] = ()
