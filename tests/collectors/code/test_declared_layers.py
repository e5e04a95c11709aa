from __future__ import annotations

import pytest

from collectors.code.declared_layers import layerings
from scanner.facts.structure import Layering

TOML = b"""[tool.importlinter]
root_package = "acme"
[[tool.importlinter.contracts]]
type = "layers"
layers = ["acme.web", "acme.api | acme.jobs", "(acme.core)"]
[[tool.importlinter.contracts]]
type = "forbidden"
source_modules = ["acme.core"]
[[tool.importlinter.contracts]]
type = "layers"
layers = ["high", "low"]
containers = ["acme.one", "acme.two"]
"""
INI = b"""[importlinter]
root_package = acme
[importlinter:contract:1]
type = layers
layers =
    acme.web
    acme.api : acme.jobs
[other]
x = 1
"""


def test_contracts_of_import_linter() -> None:
    assert layerings("pyproject.toml", TOML) == [
        Layering("pyproject.toml", (("acme/web",), ("acme/api", "acme/jobs"), ("acme/core",))),
        Layering("pyproject.toml", (("acme/one/high",), ("acme/one/low",))),
        Layering("pyproject.toml", (("acme/two/high",), ("acme/two/low",))),
    ]
    for path in (".importlinter", "setup.cfg"):
        assert layerings(path, INI) == [Layering(path, (("acme/web",), ("acme/api", "acme/jobs")))]


@pytest.mark.parametrize(
    "text", [b"", b"[tool.importlinter]", b"[tool]\nimportlinter = 1", b"[tool.importlinter]\ncontracts = [1]"]
)
def test_without_contracts_there_are_no_layers(text: bytes) -> None:
    assert layerings("pyproject.toml", text) == []


@pytest.mark.parametrize(
    ("path", "text"), [("pyproject.toml", b"importlinter = ["), ("setup.cfg", b"importlinter\n[x")]
)
def test_a_broken_file_is_a_value_error(path: str, text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        layerings(path, text)
