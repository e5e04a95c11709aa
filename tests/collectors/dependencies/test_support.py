from datetime import date

import pytest

from collectors.dependencies.runtimes import Pinned, claims, pinned
from collectors.dependencies.support import (
    DIGEST,
    LOWER_BOUND,
    NO_CYCLE,
    NO_NUMBER,
    NO_VERSION,
    NOT_LISTED,
    RANGE,
    UNWRITTEN,
    support,
)
from collectors.dependencies.support_table import SupportTable, shipped
from scanner.facts.dependencies import Component
from scanner.facts.infrastructure import BaseImage, Containers
from tests.builders_content import dependencies, locked

TABLE = SupportTable(b"""{"as_of": "2026-01-01", "products": {
 "python": {"category": "lang", "identifiers": ["pkg:docker/library/python"], "releases": [["3.12", "2023-10-02", "2028-10-31"], ["3.8", "2019-10-14", "2024-10-07"]]},
 "postgresql": {"category": "database", "identifiers": [], "releases": [["16", null, false], ["9.6", null, true]]},
 "django": {"category": "framework", "identifiers": ["pkg:pypi/django"], "releases": [["4.2", "2023-04-03", "2026-04-07"]]}
}}""")  # fmt: skip

NEWEST = ("3.12", date(2023, 10, 2))


def images(*written: tuple[str, str]) -> Containers:
    return Containers(
        (), tuple(BaseImage(name, tag, "", "Dockerfile", n + 1) for n, (name, tag) in enumerate(written)), ()
    )


def test_components_of_every_source_at_the_date_of_the_assessment() -> None:
    named = dependencies(
        locked("PyPI", "Django", "4.2.1", purl="pkg:pypi/django@4.2.1", path="uv.lock"),
        locked("PyPI", "Django", "", purl="pkg:pypi/django", path="a"),
        locked("PyPI", "django", "1.0", purl="pkg:pypi/django@1.0", direct=False, path="b"),
    )
    found = images(
        ("python", "3.8-slim"),
        ("postgres", "9.6.24-alpine"),
        ("python", "3"),
        ("python", ""),
        ("acme/own", "1"),
        ("docker.io/library/postgres", "16"),
    )
    fact = support(
        named,
        found,
        [(".python-version", Pinned("python", "3.12.1", 1)), ("x", Pinned("unheard", "1", 1))],
        TABLE,
        date(2026, 4, 7),
    )
    assert fact.components == (
        Component("django", "4.2", "framework", date(2026, 4, 7), True, "uv.lock", 1, "4.2.1", "4.2", date(2023, 4, 3)),
        Component("postgresql", "16", "database", None, False, "Dockerfile", 6, "16", "16", None),
        Component("postgresql", "9.6", "database", None, True, "Dockerfile", 2, "9.6.24-alpine", "16", None),
        Component("python", "3.12", "runtime", date(2028, 10, 31), False, ".python-version", 1, "3.12.1", *NEWEST),
        Component("python", "3.8", "runtime", date(2024, 10, 7), True, "Dockerfile", 1, "3.8-slim", *NEWEST),
    )
    assert fact.unmatched == 1, "python:3 names no cycle; an image without tag and an unknown image are not components"
    assert not support(named, images(), [], TABLE, date(2026, 4, 6)).components[0].ended


def test_what_the_table_does_not_tell_of_is_named_with_the_reason() -> None:
    named = dependencies(
        locked("PyPI", "Django", "", requirement=">=4", purl="pkg:pypi/django", path="a", line=1),
        locked("PyPI", "Django", "", requirement="", purl="pkg:pypi/django", path="c", line=7),
        locked("PyPI", "Flask", "3.0.0", purl="pkg:pypi/flask@3.0.0", path="a", line=2),
        locked("PyPI", "flask", "2.0.0", purl="pkg:pypi/flask@2.0.0", direct=False, path="b"),
        locked("PyPI", "left-pad", "1.0", purl="pkg:pypi/left-pad@1.0", path="b"),
    )
    found = Containers((), (
        BaseImage("python", "", "", "d", 1), BaseImage("python", "", "sha256:0", "d", 2), BaseImage("python", "3", "", "d", 3),
        BaseImage("acme/own", "7", "", "d", 4), BaseImage("acme/own", "", "", "d", 5),
        BaseImage("python", "latest", "", "d", 6),
    ), ())  # fmt: skip
    bounds = [("go.mod", Pinned("python", ">=3.10", 3)), ("go.mod", Pinned("unheard", "1", 4))]
    fact = support(named, found, [], TABLE, date(2026, 4, 7), bounds)
    assert fact.components == ()
    assert fact.unmatched == 2
    assert [
        (u.path, u.line, u.product, u.version, u.kind, u.reason)
        for u in sorted(fact.unlisted, key=lambda u: (u.path, u.line))
    ] == [
        ("a", 1, "django", ">=4", "framework", RANGE),
        ("a", 2, "Flask", "3.0.0", "framework", NOT_LISTED),
        ("c", 7, "django", "", "framework", UNWRITTEN),
        ("d", 1, "python", "", "runtime", NO_VERSION),
        ("d", 2, "python", "", "runtime", DIGEST),
        ("d", 3, "python", "3", "runtime", NO_CYCLE),
        ("d", 4, "acme/own", "7", "image", NOT_LISTED),
        ("d", 5, "acme/own", "", "image", NO_VERSION),
        ("d", 6, "python", "latest", "runtime", NO_NUMBER),
        ("go.mod", 3, "python", ">=3.10", "runtime", LOWER_BOUND),
    ]
    assert {(u.latest, u.latest_on) for u in fact.unlisted if u.product == "python"} == {NEWEST}
    assert {u.latest for u in fact.unlisted if u.product == "acme/own"} == {""}


def test_the_latest_line_is_the_newest_that_was_out_on_the_day() -> None:
    python, postgres = TABLE.product("python"), TABLE.product("postgresql")
    assert python is not None
    assert postgres is not None
    assert [getattr(python.latest(day), "name", None) for day in (date(2026, 1, 1), date(2023, 10, 1), date(2019, 1, 1))] == [
        "3.12", "3.8", None,
    ]  # fmt: skip
    assert getattr(postgres.latest(date(2026, 1, 1)), "name", None) == "16", "the first line of a table without days"


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        (".python-version", b"3.11.4\n", [("python", "3.11.4", 1)]),
        (".nvmrc", b"v18\n", [("nodejs", "18", 1)]),
        (".nvmrc", b"lts/hydrogen\n", []),
        (".ruby-version", b"ruby-3.2.1", [("ruby", "3.2.1", 1)]),
        (".java-version", b"temurin-17.0", [("eclipse-temurin", "17.0", 1)]),
        (
            ".tool-versions",
            b"nodejs 18.1.0\n# x\npython 3.8.1 2.7\nunknown 1\n",
            [("nodejs", "18.1.0", 1), ("python", "3.8.1", 3)],
        ),
        ("package.json", b'{"engines": {"node": "18.x"}}', [("nodejs", "18", 0)]),
        ("package.json", b'{"engines": {"node": ">=14"}}', []),
        ("go.mod", b"module x\n\ngo 1.20\ntoolchain go1.22.3\n", [("go", "1.22.3", 4)]),
        (
            ".github/workflows/ci.yml",
            b"jobs:\n  a:\n    steps:\n      - uses: actions/setup-java@v4\n        with:\n          java-version: '1.8'\n",
            [("eclipse-temurin", "8", 6)],
        ),
        (
            "pom.xml",
            b"<project><properties><java.version>1.8</java.version></properties></project>",
            [("eclipse-temurin", "8", 1)],
        ),
        (
            "a.csproj",
            b"<Project><PropertyGroup><TargetFrameworks>net6.0;netstandard2.0;net8.0-windows</TargetFrameworks></PropertyGroup></Project>",
            [("dotnet", "6.0", 0), ("dotnet", "8.0", 0)],
        ),
        (
            ".github/workflows/a.yml",
            b"jobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version: 3.10\n",
            [("python", "3.10", 6)],
        ),
        (
            ".github/workflows/a.yml",
            b"jobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v4\n        with: {node-version: '${{ matrix.node }}'}\n",
            [],
        ),
        (
            "main.tf",
            b'resource "aws_db_instance" "a" {\n  engine = "postgres"\n  engine_version = "11.5"\n}\n',
            [("amazon-rds-postgresql", "11.5", 1)],
        ),
        (
            "main.tf",
            b'resource "aws_lambda_function" "a" {\n  runtime = "python3.8"\n}\n',
            [("aws-lambda", "python3.8", 1)],
        ),
    ],
)
def test_pinned_runtimes(path: str, content: bytes, expected: list[tuple[str, str, int]]) -> None:
    assert claims(path)
    assert [(p.product, p.version, p.line) for p in pinned(path, content)] == expected


def test_the_shipped_table_answers_well_known_questions() -> None:
    # Dates as published by the projects themselves: python.org, postgresql.org, nodejs.org, djangoproject.com.
    table = shipped()
    for key, version, ends in (
        ("python", "3.8.10", date(2024, 10, 7)), ("postgresql", "12.4", date(2024, 11, 21)), ("nodejs", "18-alpine", date(2025, 4, 30)), ("django", "4.1.2", date(2023, 12, 1)),
    ):  # fmt: skip
        product = table.product(key)
        assert product is not None
        cycle = product.cycle_of(version)
        assert cycle is not None
        assert cycle.ends == ends
    for purl, key in (
        ("pkg:gem/rails@6.0", "ruby-on-rails"),
        ("pkg:npm/%40angular/core@14.0.0", "angular"),
        ("pkg:maven/org.springframework.boot/spring-boot-starter-parent@2.0", "spring-boot"),
    ):
        found = table.of_package(purl)
        assert found is not None
        assert found.key == key
    assert table.of_package("pkg:npm/left-pad@1.0.0") is None
    node = table.of_image("node")
    assert node is not None
    assert node.key == "nodejs"
