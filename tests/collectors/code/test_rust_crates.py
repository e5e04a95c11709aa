from __future__ import annotations

import pytest

from collectors.code.graph import Raw
from collectors.code.rust_crates import Package, RustResolver, package_of
from collectors.code.rust_imports import parse

FILES = {
    "core/src/lib.rs": b"pub mod net;\nmod inner;\npub use inner::Hidden;\npub use crate::net::tcp::*;\nfn top() {}",
    "core/src/net/mod.rs": b"pub mod tcp;\npub mod udp;\npub struct Net;",
    "core/src/net/tcp.rs": b"use super::udp::Udp;\nuse super::super::inner::Hidden;\npub struct Tcp;",
    "core/src/net/udp.rs": b"use crate::net::Net;\npub struct Udp;",
    "core/src/inner.rs": b"pub struct Hidden;",
    "app/src/main.rs": b"mod args;\nuse acme_core::Hidden;\nuse base::Tcp;\nuse serde::Serialize;\nuse std::fmt;\nfn main() { args::read(); }",
    "app/src/args.rs": b"use crate::gone;\npub fn read() { acme_core::net::udp::Udp; }",
    "app/tests/all.rs": b"mod common;\nuse common::set_up;",
    "app/tests/common/mod.rs": b"pub fn set_up() {}",
}
PACKAGES = {
    "core": Package("acme_core", "core/src/lib.rs"),
    "app": Package("app", "app/src/lib.rs", renamed={"base": ("core", "acme_core")}),
}
RAWS = {path: parse(content) for path, content in FILES.items()}


@pytest.mark.parametrize(
    ("path", "modules", "external"),
    [
        ("core/src/lib.rs", {"core/src/inner.rs", "core/src/net/tcp.rs"}, 0),
        ("core/src/net/mod.rs", set(), 0),
        ("core/src/net/tcp.rs", {"core/src/net/udp.rs", "core/src/inner.rs"}, 0),
        ("core/src/net/udp.rs", {"core/src/net/mod.rs"}, 0),
        ("app/src/main.rs", {"core/src/inner.rs", "core/src/net/tcp.rs", "app/src/args.rs"}, 2),
        ("app/tests/all.rs", {"app/tests/common/mod.rs"}, 0),
    ],
    ids=[
        "passes on",
        "mod alone uses nothing",
        "super",
        "crate",
        "other crates, one renamed; serde and std",
        "a test and its folder",
    ],
)
def test_names_lead_to_the_file_that_declares_them(path: str, modules: set[str], external: int) -> None:
    out = RustResolver(RAWS, PACKAGES).resolve(path, RAWS[path])
    assert (out.modules, out.external, out.unresolved) == (modules, external, 0)


def test_mod_takes_parts_in_and_one_without_a_file_leads_nowhere() -> None:
    resolver = RustResolver(RAWS, PACKAGES)
    assert resolver.resolve("core/src/net/mod.rs", RAWS["core/src/net/mod.rs"]).parts == {
        "core/src/net/tcp.rs",
        "core/src/net/udp.rs",
    }
    assert resolver.resolve("core/src/inner.rs", Raw(("mod gone",))).unresolved == 1


def test_modules_that_pass_each_other_on_come_to_an_end() -> None:
    files = {"src/lib.rs": parse(b"mod a; mod b; use a::X;"), "src/a.rs": parse(b"pub use crate::b::X; pub use crate::b::*;"), "src/b.rs": parse(b"pub use crate::a::X; pub use crate::a::*;")}  # fmt: skip
    out = RustResolver(files, {"": Package("x", "src/lib.rs")}).resolve("src/lib.rs", files["src/lib.rs"])
    assert out.modules <= {"src/a.rs", "src/b.rs"}


def test_packages_of_manifests() -> None:
    text = b"""[package]
name = "acme-core"
[lib]
path = "lib/all.rs"
[[bin]]
name = "x"
path = "../../../out.rs"
[dependencies]
base = { path = "../base", package = "real-base" }
serde = "1"
[target.'cfg(unix)'.dependencies]
nix-2 = { package = "nix" }
"""
    package = package_of("core", text)
    assert package is not None
    assert (package.name, package.library, package.roots) == ("acme_core", "core/lib/all.rs", ("", "core/build.rs"))
    assert package.renamed == {"base": ("base", "real_base"), "nix_2": ("", "nix")}
    assert package_of("", b'[workspace]\nmembers = ["core"]') is None


@pytest.mark.parametrize("text", [b"[", b"a = " + b"[" * 50_000, b"\xff\0", b"[package]\nname ="])
def test_a_broken_manifest_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        package_of("", text)
