import json

import pytest

from collectors.dependencies.packages import ecosystem_of, read
from scanner.core.evidence import Unknown, Why
from scanner.facts.dependencies import Dependency


def seen(files: dict[str, bytes], *fields: str) -> list[tuple[object, ...]]:
    fact = read(files)
    assert [m.problem for m in fact.manifests] == [""] * len(files)
    return [tuple(getattr(d, f) for f in fields) for d in fact.dependencies]


def test_requirements_files() -> None:
    content = b"""\
# comment
-r base.txt
--index-url https://x.example
Flask==0.12  # pinned
requests[security]>=2,<3 ; python_version > "3"
jinja2==2.* \\
    --hash=sha256:abc
-e .
./local
https://x.example/a.whl
"""
    fact = read(
        {"requirements.txt": content, "requirements-dev.txt": b"pytest===8.0\n"},
        {"base.txt": b"\xef\xbb\xbfsix==1.16.0\r\n"},
    )
    assert [(d.name, d.version, d.requirement, d.scope, d.path, d.line) for d in fact.dependencies] == [
        ("six", "1.16.0", "==1.16.0", "runtime", "base.txt", 1),
        ("pytest", "8.0", "===8.0", "development", "requirements-dev.txt", 1),
        ("Flask", "0.12", "==0.12", "runtime", "requirements.txt", 4),
        ("jinja2", "", "==2.*", "runtime", "requirements.txt", 6),
        ("requests", "", "<3,>=2", "runtime", "requirements.txt", 5),
    ]
    assert fact.dependencies[2].purl == "pkg:pypi/flask@0.12"


def test_includes_that_lead_in_a_circle_or_out_of_the_tree() -> None:
    fact = read(
        {"requirements.txt": b"-r a.txt\n-r ../../etc/passwd\n"}, {"a.txt": b"-r a.txt\n-r requirements.txt\nx==1\n"}
    )
    assert [d.name for d in fact.dependencies] == ["x"]


PYPROJECT = b"""\
[project]
name = "x"
dependencies = [
  "httpx>=0.28",
  "rich==14.0.0",
]
[project.optional-dependencies]
aws = ["boto3"]
test = ["pytest"]
[dependency-groups]
dev = ["ruff", {include-group = "test"}]
[build-system]
requires = ["hatchling"]
"""
UV_LOCK = b"""\
version = 1
[[package]]
name = "httpx"
version = "0.28.1"
source = { registry = "r" }
[[package]]
name = "idna"
version = "3.7"
source = { registry = "r" }
[[package]]
name = "x"
version = "0.1"
source = { editable = "." }
"""


def test_a_lock_file_resolves_what_its_manifest_asks_for() -> None:
    rows = seen({"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK}, "name", "version", "direct", "scope", "path", "line")
    assert rows == [
        ("boto3", "", True, "optional", "pyproject.toml", 8),
        ("hatchling", "", True, "build", "pyproject.toml", 13),
        ("pytest", "", True, "development", "pyproject.toml", 9),
        ("rich", "14.0.0", True, "runtime", "pyproject.toml", 5),
        ("ruff", "", True, "development", "pyproject.toml", 11),
        ("httpx", "0.28.1", True, "runtime", "uv.lock", 3),
        ("idna", "3.7", False, "unknown", "uv.lock", 7),
    ]


def test_poetry_and_pipfile() -> None:
    poetry = b'[tool.poetry.dependencies]\npython = "^3.11"\nDjango = "4.2.1"\nlocal = {path = "x"}\n[tool.poetry.group.dev.dependencies]\nblack = "^24"\n'
    lock = b'[[package]]\nname = "django"\nversion = "4.2.1"\n'
    rows = seen({"pyproject.toml": poetry, "poetry.lock": lock}, "name", "version", "direct", "scope")
    assert rows == [("django", "4.2.1", True, "runtime"), ("black", "", True, "development")]
    pipfile = b'[packages]\nflask = "==1.0"\n[dev-packages]\npytest = "*"\n'
    assert seen({"Pipfile": pipfile}, "name", "version", "scope") == [
        ("flask", "1.0", "runtime"),
        ("pytest", "", "development"),
    ]
    locked = json.dumps(
        {"default": {"flask": {"version": "==1.0"}}, "develop": {"pytest": {"version": "==8.0"}}}
    ).encode()
    assert seen({"Pipfile.lock": locked}, "name", "version", "scope") == [
        ("flask", "1.0", "runtime"),
        ("pytest", "8.0", "development"),
    ]
    assert seen({"setup.cfg": b"[options]\ninstall_requires =\n    six>=1\n    attrs==23.1\n"}, "name", "version") == [
        ("attrs", "23.1"),
        ("six", ""),
    ]


PACKAGE = b'{\n  "dependencies": {\n    "a": "^1.0.0",\n    "mine": "workspace:*",\n    "alias": "npm:real@2.0.0"\n  },\n  "devDependencies": {\n    "@s/b": "~2.0.0"\n  }\n}'


def test_package_lock_3() -> None:
    lock = {
        "lockfileVersion": 3,
        "packages": {
            "": {"dependencies": {"a": "^1.0.0"}, "devDependencies": {"@s/b": "~2.0.0"}},
            "packages/own": {"version": "1.0.0"},
            "node_modules/own": {"link": True, "resolved": "packages/own"},
            "node_modules/a": {"version": "1.2.3"},
            "node_modules/@s/b": {"version": "2.0.1", "dev": True},
            "node_modules/@s/b/node_modules/a": {"version": "0.9.0", "dev": True},
        },
    }
    rows = seen(
        {"package.json": PACKAGE, "package-lock.json": json.dumps(lock, indent=1).encode()},
        "name",
        "version",
        "direct",
        "scope",
        "purl",
    )
    assert rows == [
        ("@s/b", "2.0.1", True, "development", "pkg:npm/%40s/b@2.0.1"),
        ("a", "0.9.0", False, "development", "pkg:npm/a@0.9.0"),
        ("a", "1.2.3", True, "runtime", "pkg:npm/a@1.2.3"),
        ("real", "2.0.0", True, "runtime", "pkg:npm/real@2.0.0"),
    ]


def test_package_lock_1_yarn_and_pnpm() -> None:
    old = json.dumps(
        {
            "lockfileVersion": 1,
            "dependencies": {"a": {"version": "1.0.0", "dependencies": {"c": {"version": "3.0.0", "dev": True}}}},
        }
    ).encode()
    assert seen({"package-lock.json": old}, "name", "version", "scope") == [
        ("a", "1.0.0", "runtime"),
        ("c", "3.0.0", "development"),
    ]
    yarn = b'# yarn lockfile v1\n\na@^0.9.0:\n  version "0.9.9"\n\na@^1.0.0:\n  version "1.4.0"\n\n"@s/b@~2.0.0", "@s/b@^2":\n  version "2.0.5"\n'
    rows = seen({"package.json": PACKAGE, "yarn.lock": yarn}, "name", "version", "direct", "scope")
    assert ("a", "1.4.0", True, "runtime") in rows
    assert ("a", "0.9.9", False, "unknown") in rows
    assert ("@s/b", "2.0.5", True, "development") in rows
    berry = b'__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.4.0\n  resolution: "a@npm:1.4.0"\n\n"own@workspace:.":\n  version: 0.0.0-use.local\n'
    assert seen({"yarn.lock": berry}, "name", "version") == [("a", "1.4.0")]
    pnpm = b"lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.4.0}\npackages:\n  a@1.4.0:\n    resolution: {integrity: x}\n  '@s/b@2.0.5(a@1.4.0)':\n    resolution: {integrity: y}\nsnapshots:\n  zz@1.0.0: {}\n"
    assert seen({"pnpm-lock.yaml": pnpm}, "name", "version", "line") == [("@s/b", "2.0.5", 9), ("a", "1.4.0", 7)]
    five = (
        b"lockfileVersion: 5.4\npackages:\n\n  /a/1.4.0:\n    dev: true\n  /@s/b/2.0.5_react@18.0.0:\n    dev: false\n"
    )
    assert seen({"pnpm-lock.yaml": five}, "name", "version", "scope") == [
        ("@s/b", "2.0.5", "unknown"),
        ("a", "1.4.0", "development"),
    ]


def test_go() -> None:
    content = b"module x\n\ngo 1.21\n\nrequire github.com/one/a v1.0.0\nrequire (\n\tgithub.com/two/b v2.0.0+incompatible // indirect\n\tgithub.com/three/c v0.1.0\n)\nreplace github.com/three/c => github.com/fork/c v0.2.0\nreplace github.com/one/a => ../a\n"
    assert seen({"go.mod": content}, "name", "version", "direct", "line") == [
        ("github.com/fork/c", "v0.2.0", True, 10), ("github.com/two/b", "v2.0.0+incompatible", False, 7),
    ]  # fmt: skip


def test_rust() -> None:
    manifest = b'[dependencies]\nserde = { version = "1", features = ["derive"] }\nown = { path = "x" }\n[dev-dependencies]\nproptest = "=1.4.0"\n'
    lock = b'[[package]]\nname = "serde"\nversion = "1.0.200"\nsource = "registry+https://x"\n\n[[package]]\nname = "own"\nversion = "0.1.0"\n'
    assert seen({"Cargo.toml": manifest, "Cargo.lock": lock}, "name", "version", "direct", "scope") == [
        ("serde", "1.0.200", True, "runtime"), ("proptest", "1.4.0", True, "development"),
    ]  # fmt: skip


POM = b"""<project xmlns="http://maven.apache.org/POM/4.0.0"><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.1.0</version></parent>
<properties><jackson.version>2.15.0</jackson.version></properties>
<dependencyManagement><dependencies><dependency><groupId>g</groupId><artifactId>managed</artifactId><version>5</version></dependency></dependencies></dependencyManagement>
<dependencies><dependency><groupId>com.x</groupId><artifactId>jackson</artifactId><version>${jackson.version}</version></dependency>
<dependency><groupId>g</groupId><artifactId>managed</artifactId></dependency>
<dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>${missing}</version><scope>test</scope></dependency></dependencies></project>"""


def test_maven_and_gradle() -> None:
    assert seen({"pom.xml": POM}, "name", "version", "scope") == [
        ("com.x:jackson", "2.15.0", "runtime"), ("g:managed", "5", "runtime"), ("junit:junit", "", "development"),
        ("org.springframework.boot:spring-boot-starter-parent", "3.1.0", "build"),
    ]  # fmt: skip
    gradle = b"dependencies {\n  implementation 'a:b:1.0'\n  testImplementation(\"c:d:2.+\")\n  implementation(platform(\"e:f:3.0\"))\n  // implementation 'x:y:1'\n}\n"
    assert seen({"build.gradle.kts": gradle}, "name", "version", "scope", "line") == [
        ("a:b", "1.0", "runtime", 2), ("c:d", "", "development", 3), ("e:f", "3.0", "runtime", 4),
    ]  # fmt: skip
    lock = b"# comment\na:b:1.0=runtimeClasspath,testRuntimeClasspath\nc:d:2.1=testCompileClasspath\nempty=\n"
    assert seen({"gradle.lockfile": lock}, "name", "version", "scope") == [
        ("a:b", "1.0", "runtime"),
        ("c:d", "2.1", "development"),
    ]


def test_dotnet_ruby_php() -> None:
    project = b'<Project><ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13.0.1" /><PackageReference Include="Range"><Version>[1.0,2.0)</Version></PackageReference></ItemGroup></Project>'
    assert seen({"src/App.csproj": project}, "name", "version") == [("Newtonsoft.Json", "13.0.1"), ("Range", "")]
    nuget = json.dumps(
        {
            "dependencies": {
                "net8.0": {
                    "A": {"type": "Direct", "resolved": "1.0.0"},
                    "B": {"type": "Transitive", "resolved": "2.0.0"},
                    "own": {"type": "Project"},
                }
            }
        }
    ).encode()
    assert seen({"packages.lock.json": nuget}, "name", "version", "direct") == [
        ("A", "1.0.0", True),
        ("B", "2.0.0", False),
    ]
    gemfile = b"source 'x'\ngem 'rails', '~> 7.0'\ngroup :development, :test do\n  gem 'rspec'\nend\ngem \"pg\"\n"
    lock = b"GEM\n  remote: x\n  specs:\n    nokogiri (1.15.4-x86_64-linux)\n    nokogiri (1.15.4-arm64-darwin)\n    rails (7.0.4)\n      nokogiri (>= 1)\n    rspec (3.12.0)\n\nDEPENDENCIES\n  rails (~> 7.0)\n  rspec\n"
    assert seen({"Gemfile": gemfile, "Gemfile.lock": lock}, "name", "version", "direct", "scope") == [
        ("pg", "", True, "runtime"), ("nokogiri", "1.15.4", False, "unknown"), ("rails", "7.0.4", True, "runtime"), ("rspec", "3.12.0", True, "development"),
    ]  # fmt: skip
    composer = b'{"require": {"php": ">=8", "ext-json": "*", "monolog/monolog": "^3"}}'
    locked = b'{"packages": [{"name": "monolog/monolog", "version": "3.4.0"}], "packages-dev": [{"name": "phpunit/phpunit", "version": "10.1.0"}]}'
    assert seen({"composer.json": composer, "composer.lock": locked}, "name", "version", "direct", "scope") == [
        ("monolog/monolog", "3.4.0", True, "runtime"), ("phpunit/phpunit", "10.1.0", False, "development"),
    ]  # fmt: skip


def test_a_workspace_uses_the_lock_file_above_it_and_no_other() -> None:
    manifest = b'{"dependencies": {"a": "^1.0.0"}}'
    lock = b'{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.5.0"}}}'
    rows = seen(
        {"web/packages/ui/package.json": manifest, "web/package-lock.json": lock, "other/package.json": manifest},
        "path",
        "version",
        "direct",
    )
    assert rows == [("other/package.json", "", True), ("web/package-lock.json", "1.5.0", True)]


NAMES = (
    "requirements.txt", "pyproject.toml", "uv.lock", "Pipfile", "Pipfile.lock", "setup.cfg", "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "go.mod", "Cargo.toml", "Cargo.lock", "pom.xml", "build.gradle",
    "gradle.lockfile", "libs.versions.toml", "a.csproj", "packages.lock.json", "Gemfile", "Gemfile.lock", "composer.json", "composer.lock",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe\x80",
        b"[" * 5000,
        b"{" * 5000,
        b"x" * 500_000,
        b'{"dependencies": [1, {"a": []}]}',
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><project>&b;</project>",
        b"[package]\nname = 3\n",
        b"a==1\n" * 3,
    ],
    ids=["empty", "binary", "brackets", "braces", "line", "shape", "entity", "types", "lines"],
)
def test_no_file_breaks_the_collector(name: str, content: bytes) -> None:
    fact = read({name: content, "ok/requirements.txt": b"six==1.0\n"})
    assert "six" in [d.name for d in fact.dependencies]
    assert len(fact.manifests) == 2
    assert ecosystem_of(name) is not None


def test_unreadable_files_are_problems_not_absences() -> None:
    fact = read({"package-lock.json": Unknown(Why.TOO_LARGE, "20000000 bytes, over the limit"), "pom.xml": b"<a"})
    assert [(m.path, m.problem) for m in fact.manifests] == [
        ("package-lock.json", "20000000 bytes, over the limit"),
        ("pom.xml", "not XML"),
    ]
    assert fact.dependencies == ()


def test_names_from_strangers_are_cleaned() -> None:
    (entry,) = read({"package.json": b'{"dependencies": {"a\\u0000\\u202eb": "1.0.0"}}'}).dependencies
    assert isinstance(entry, Dependency)
    assert entry.name == "ab"


def test_a_pom_names_the_lines_of_its_artifacts() -> None:
    text = b"<project>\n <parent>\n  <groupId>g</groupId>\n  <artifactId>up</artifactId>\n  <version>1.2</version>\n </parent>\n"
    text += b" <dependencies><dependency><groupId>g</groupId>\n  <artifactId>web</artifactId></dependency></dependencies>\n</project>"
    assert [(d.name, d.version, d.line) for d in read({"pom.xml": text}).dependencies] == [
        ("g:up", "1.2", 4),
        ("g:web", "", 8),
    ]
