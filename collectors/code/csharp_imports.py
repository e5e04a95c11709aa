"""Imports of C# files: namespaces, usings, declared types, names of types used; resolved within what a project refers to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from defusedxml.ElementTree import ParseError, fromstring
from tree_sitter import Node

from collectors.code.grammars import language
from collectors.code.graph import Raw, Resolution, joined, parents
from collectors.code.syntax import root_of
from collectors.code.type_names import IMPORTS, NAMES, Namespaces, captured, text_of, used
from scanner.core.text import clean

_DECLARED = """
[(using_directive)] @using [(file_scoped_namespace_declaration) (namespace_declaration)] @space
[(class_declaration) (interface_declaration) (struct_declaration) (record_declaration) (enum_declaration)
 (delegate_declaration)] @type
[(comment) (string_literal_content) (raw_string_content) (verbatim_string_literal) (character_literal)
 (using_directive) (qualified_name qualifier: (_) @qualifier)] @other
"""
_SPACES = ("namespace_declaration", "file_scoped_namespace_declaration")
_REFERENCES = 500
_REFERENCE = ("ProjectReference", "PackageReference")


def parse(content: bytes) -> Raw:
    """Usings (``global A.B``, ``static A.C``, ``A.B``), namespaces, top types by their namespace, names used."""
    return raw(root_of(language("c#"), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The same from the tree of a file. ``package`` is its first namespace; ``declared`` types are named in full."""
    found = captured("c#", _DECLARED, root)
    scoped = next((n for n in found.get("space", ()) if n.type == _SPACES[1]), None)
    around = text_of(scoped.child_by_field_name("name")) if scoped is not None else ""
    declared = (_full(node, around) for node in found.get("type", ()))
    spaces = dict.fromkeys(_full(node, "") for node in found.get("space", ()))
    usings = (clean(_using(node)) for node in found.get("using", ()))
    imports = dict.fromkeys([*(u for u in usings if u), *(f"in {space}" for space in list(spaces)[1:])])
    names = used(content, found.get("other", ()))
    return Raw(
        tuple(imports)[:IMPORTS],
        clean(next(iter(spaces), "")),
        names,
        tuple(dict.fromkeys(clean(name) for name in declared if name))[:NAMES],
    )


def _full(node: Node, around: str) -> str:
    """The name of a namespace or of a type at the top of one, with the namespaces around it; empty for a type in a type."""
    parts = [text_of(node.child_by_field_name("name"))]
    above = node.parent
    while above is not None:
        if above.type in _SPACES:
            parts.append(text_of(above.child_by_field_name("name")))
        elif above.type.endswith("_declaration"):
            return ""
        above = above.parent
    if around and len(parts) == 1:
        parts.append(around)
    return ".".join(part for part in reversed(parts) if part)


def _using(node: Node) -> str:
    kinds = [child.type for child in node.children if child.type in ("global", "static")]
    alias = node.child_by_field_name("name")
    target = next((child for child in node.named_children if child != alias), None)
    if alias is not None:
        kinds.append("static")
    return " ".join([*dict.fromkeys(kinds), text_of(target).removeprefix("global::")]) if target is not None else ""


def references_of(csproj: bytes) -> tuple[str, ...]:
    """The paths of the projects that a project file refers to, and the names of packages. Raises ValueError when it is no XML."""
    try:
        root = fromstring(csproj)
    except (ParseError, RecursionError) as error:
        raise ValueError("no readable XML") from error
    included = (element.get("Include", "") for element in root.iter() if element.tag.rpartition("}")[2] in _REFERENCE)
    return tuple(clean(path.replace("\\", "/")) for path in included if path)[:_REFERENCES]


class CSharpResolver:
    """Resolves types to files. ``references`` are the projects by their file, and the project files or packages each refers to.

    A file sees the types of its own project and of those it refers to, by whatever way; without project files all types.
    A package named like a project of the repository is that project, published.
    """

    def __init__(self, raws: Mapping[str, Raw], references: Mapping[str, Iterable[str]]) -> None:
        self._projects = {posixpath.dirname(file) for file in references}
        published = {posixpath.basename(file).removesuffix(".csproj"): posixpath.dirname(file) for file in references}
        direct: dict[str, set[str]] = {}
        for file, named in sorted(references.items()):
            here = posixpath.dirname(file)
            places = {published.get(name, posixpath.dirname(joined(here, name))) for name in named}
            direct.setdefault(here, set()).update(places & self._projects)
        self._reach = {project: _reachable(project, direct) for project in direct}
        self._types = Namespaces({path: _at_root(raw) for path, raw in raws.items()})
        self._global: dict[str, set[str]] = {}
        for path, raw in raws.items():
            shared = {u.removeprefix("global ") for u in raw.imports if u.startswith("global ")}
            self._global.setdefault(self._project(path), set()).update(shared)

    def module(self, path: str) -> str:
        """The file itself."""
        return path

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the names used in ``path`` lead, by its namespaces and usings."""
        out = Resolution()
        here = self._project(path)
        spaces = [raw.package, *(u.removeprefix("in ") for u in raw.imports if u.startswith("in "))]
        around = {above for space in spaces for above in _with_parents(space)}
        written = {u.removeprefix("global ") for u in raw.imports if not u.startswith("in ")}
        for using in sorted(written | self._global.get(here, set())):
            target = using.removeprefix("static ")
            space, _, name = target.rpartition(".")
            hit = self._types.of(space, name, path) if using != target else ""
            if hit:
                out.modules.add(hit)
            elif self._types.holds(target):
                around.add(target)
            elif using in written and space and self._types.has(space):
                out.unresolved += 1
            else:
                out.external += using in written
        for space in sorted(around):
            out.modules |= self._types.among(space, raw.names, path)
        out.modules = {target for target in out.modules if target != path and self._sees(here, self._project(target))}
        return out

    def _project(self, path: str) -> str:
        return next((folder for folder in parents(path) if folder in self._projects), "")

    def _sees(self, here: str, there: str) -> bool:
        return (
            here == there
            or there in self._reach.get(here, ())
            or here not in self._reach
            or there not in self._projects
        )


def _at_root(raw: Raw) -> Raw:
    return Raw((), declared=raw.declared)


def _with_parents(space: str) -> Iterable[str]:
    parts = space.split(".") if space else []
    return (".".join(parts[:count]) for count in range(len(parts) + 1))


def _reachable(project: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    seen, waiting = {project}, [project]
    while waiting:
        for target in direct.get(waiting.pop(), set()) - seen:
            seen.add(target)
            waiting.append(target)
    return frozenset(seen)
