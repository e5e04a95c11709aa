from __future__ import annotations

import pytest

from collectors.tree.roles import role_of

PATHS = {
    "product": "src/app/main.py cmd/server.go src/Contest.java src/latest.py src/dist/x.py lib/app.vue changes.py src/units/ORBIT.java "
    "src/main/java/org/acme/samples/test/Owner.java web/index.ts src/securityfilter.py Src/Main.PY",
    "test": "tests/test_a.py pkg/a_test.go src/FooTest.java src/test/java/org/acme/Foo.java web/a.spec.ts conftest.py spec/a_spec.rb "
    "src/FooIT.java testdata/x.json",
    "vendored": "vendor/a/b.go web/node_modules/x/index.js third_party/x.c jquery-3.1.js gradlew Pods/X/x.m",
    "generated": "a_pb2.py api/x.pb.go dist/app.js web/app.min.js src/__snapshots__/a.snap lib/x.g.dart static/app.js.map",
    "documentation": "README.md LICENSE docs/a.png docs/conf.py INSTALL.txt man/x.1 CHANGELOG",
    "configuration": "setup.py package-lock.json yarn.lock .github/workflows/ci.yml requirements-dev.txt Makefile infra/main.tf CODEOWNERS "
    "Dockerfile.dev .eslintrc.js tsconfig.build.json vite.config.ts docs/requirements.txt vendored.toml",
    "example": "examples/a.py samples/x/Main.java demo/index.js",
    "data": "data/x.csv static/logo.svg assets/style.css index.html bin/run",
}
CASES = [(path, role) for role, paths in PATHS.items() for path in paths.split()]


@pytest.mark.parametrize(("path", "role"), CASES)
def test_roles(path: str, role: str) -> None:
    assert role_of(path) == role


def test_a_hostile_path_costs_nothing() -> None:
    for path in ("a/" * 5000 + "x.py", "_test" * 3000 + ".py", ".spec" * 3000 + ".ts", "", "/", "x" * 20000):
        assert role_of(path)
