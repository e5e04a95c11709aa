"""Collects automation that is not a pipeline: update bots, hooks, task runners, development environments, linters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collectors.blobs import candidates, contents, matcher
from collectors.parsing import decode, load_json, load_toml, load_yaml, mapping, several, text
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.core.text import clean
from scanner.facts.ci import Automation, UpdateBot
from scanner.facts.tree import Tree
from scanner.repository import Repository

_BOTS = {
    ".github/dependabot.yml": "dependabot", ".github/dependabot.yaml": "dependabot", "renovate.json": "renovate", "renovate.json5": "renovate",
    ".renovaterc": "renovate", ".renovaterc.json": "renovate", ".github/renovate.json": "renovate", ".github/renovate.json5": "renovate",
    ".gitlab/renovate.json": "renovate", ".pyup.yml": "pyup", ".scala-steward.conf": "scala-steward", ".snyk": "snyk",
}  # fmt: skip
_PRE_COMMIT = (".pre-commit-config.yaml", ".pre-commit-config.yml")
_OTHER_HOOKS = (
    "lefthook.yml",
    ".lefthook.yml",
    ".husky/pre-commit",
    ".husky/pre-push",
    ".husky/commit-msg",
    ".overcommit.yml",
)
_RUNNERS = {
    "makefile": "make", "gnumakefile": "make", "justfile": "just", ".justfile": "just", "taskfile.yml": "task", "taskfile.yaml": "task", "tox.ini": "tox",
    "noxfile.py": "nox", "rakefile": "rake", "magefile.go": "mage", "gulpfile.js": "gulp", "gruntfile.js": "grunt", "tasks.py": "invoke", "dodo.py": "doit",
    "earthfile": "earthly", "nx.json": "nx", "turbo.json": "turbo", "lerna.json": "lerna", "build.gradle": "gradle", "build.gradle.kts": "gradle", "pom.xml": "maven",
    "mise.toml": "mise", ".mise.toml": "mise", "cmakelists.txt": "cmake",
}  # fmt: skip
_ENVIRONMENTS = (
    (".devcontainer/*", "devcontainer"), (".devcontainer.json", "devcontainer"), ("flake.nix", "nix"), ("shell.nix", "nix"), ("devenv.nix", "nix"), (".tool-versions", "asdf"),
    ("mise.toml", "mise"), (".mise.toml", "mise"), (".gitpod.yml", "gitpod"), ("vagrantfile", "vagrant"), ("docker-compose*.y*ml", "compose"), ("compose*.y*ml", "compose"), ("tiltfile", "tilt"),
    ("skaffold.yaml", "skaffold"), ("environment.yml", "conda"), ("pixi.toml", "pixi"), (".idx/dev.nix", "idx"), ("devbox.json", "devbox"),
)  # fmt: skip
_LINTERS = (
    ("ruff.toml", "ruff"), (".ruff.toml", "ruff"), (".flake8", "flake8"), (".pylintrc", "pylint"), ("pylintrc", "pylint"), (".eslintrc*", "eslint"), ("eslint.config.*", "eslint"), (".prettierrc*", "prettier"),
    ("prettier.config.*", "prettier"), ("biome.json*", "biome"), (".stylelintrc*", "stylelint"), (".golangci.y*ml", "golangci-lint"), (".golangci.toml", "golangci-lint"), ("rustfmt.toml", "rustfmt"), (".rustfmt.toml", "rustfmt"),
    ("clippy.toml", "clippy"), (".rubocop.yml", "rubocop"), (".standard.yml", "standard"), ("phpcs.xml*", "phpcs"), (".php-cs-fixer*", "php-cs-fixer"), ("pint.json", "pint"), ("checkstyle.xml", "checkstyle"), ("detekt.y*ml", "detekt"),
    (".swiftlint.yml", "swiftlint"), (".clang-format", "clang-format"), (".clang-tidy", "clang-tidy"), (".hadolint.y*ml", "hadolint"), (".yamllint*", "yamllint"), (".markdownlint*", "markdownlint"), (".tflint.hcl", "tflint"),
    (".shellcheckrc", "shellcheck"), (".editorconfig", "editorconfig"), ("commitlint.config.*", "commitlint"), (".commitlintrc*", "commitlint"), (".scalafmt.conf", "scalafmt"), ("analysis_options.yaml", "dart-analyzer"),
    (".credo.exs", "credo"), (".spectral.y*ml", "spectral"), ("buf.yaml", "buf"), (".sqlfluff", "sqlfluff"), (".jshintrc", "jshint"), ("tslint.json", "tslint"), ("stylecop.json", "stylecop"), (".importlinter", "import-linter"),
)  # fmt: skip
_TYPE_CHECKERS = (
    ("mypy.ini", "mypy"), (".mypy.ini", "mypy"), ("pyrightconfig.json", "pyright"), (".pyre_configuration", "pyre"), ("tsconfig*.json", "typescript"), (".flowconfig", "flow"), ("phpstan.neon*", "phpstan"),
    ("psalm.xml*", "psalm"), ("sorbet/config", "sorbet"), ("steepfile", "steep"),
)  # fmt: skip
_COVERAGE = (
    (".coveragerc", "coverage.py"), ("codecov.y*ml", "codecov"), (".codecov.y*ml", "codecov"), (".nycrc*", "nyc"), (".coveralls.yml", "coveralls"), (".simplecov", "simplecov"), ("tarpaulin.toml", "tarpaulin"), (".c8rc*", "c8"),
    ("coverlet.runsettings", "coverlet"),
)  # fmt: skip
_SECTIONS = {
    "ruff": ("linters", "ruff"), "black": ("linters", "black"), "isort": ("linters", "isort"), "pylint": ("linters", "pylint"), "flake8": ("linters", "flake8"), "importlinter": ("linters", "import-linter"),
    "mypy": ("type_checkers", "mypy"), "pyright": ("type_checkers", "pyright"), "basedpyright": ("type_checkers", "pyright"), "ty": ("type_checkers", "ty"), "coverage": ("coverage_configs", "coverage.py"),
    "tox": ("task_runners", "tox"), "poe": ("task_runners", "poe"), "taskipy": ("task_runners", "taskipy"), "hatch": ("task_runners", "hatch"), "pixi": ("dev_environments", "pixi"),
    "eslintConfig": ("linters", "eslint"), "prettier": ("linters", "prettier"), "stylelint": ("linters", "stylelint"), "nyc": ("coverage_configs", "nyc"), "c8": ("coverage_configs", "c8"), "scripts": ("task_runners", "npm"),
}  # fmt: skip
"""Sections of pyproject.toml, setup.cfg and package.json, and what they configure."""
_READ = frozenset(
    (*_BOTS, *_PRE_COMMIT, "pyproject.toml", "package.json", "setup.cfg", "lefthook.yml", ".lefthook.yml")
)


def matched(paths: list[str], table: tuple[tuple[str, str], ...]) -> set[str]:
    """The names whose pattern matches some path; see `matcher`."""
    patterns: dict[str, list[str]] = {}
    for pattern, name in table:
        patterns.setdefault(name, []).append(pattern)
    return {name for name, listed in patterns.items() if any(map(matcher(*listed), paths))}


def update_bot(path: str, content: bytes) -> UpdateBot:
    """The bot that a configuration file sets up, and what it covers; a file that cannot be read covers "all" (empty)."""
    name = _BOTS[path.lower()]
    ecosystems: list[str] = []
    try:
        if name == "dependabot":
            document = mapping(load_yaml(content))
            ecosystems = [text(mapping(u).get("package-ecosystem")) for u in several(document.get("updates"))]
        elif name == "renovate" and not path.endswith("5"):
            ecosystems = [text(m) for m in several(mapping(load_json(content)).get("enabledManagers"))]
    except ValueError:
        ecosystems = []
    return UpdateBot(name, path, tuple(sorted({clean(e, 40) for e in ecosystems if e})))


def hooks(content: bytes) -> int:
    """The number of hooks that a pre-commit configuration runs."""
    try:
        document = mapping(load_yaml(content))
    except ValueError:
        return 0
    return sum(len(several(mapping(repo).get("hooks"))) for repo in several(document.get("repos")))


def sections(path: str, content: bytes) -> set[tuple[str, str]]:
    """What the sections of a manifest configure: (kind, tool)."""
    try:
        if path.endswith("pyproject.toml"):
            keys = set(mapping(load_toml(content).get("tool")))
        elif path.endswith("package.json"):
            keys = {k for k, v in mapping(load_json(content)).items() if v}
        else:
            lines = decode(content[:1_000_000]).split("\n")
            keys = {line.strip("[] ").partition(":")[0].split("-")[0] for line in lines if line.startswith("[")}
    except ValueError:
        return set()
    return {_SECTIONS[k] for k in keys if k in _SECTIONS}


def automation(paths: list[str], read: Mapping[str, bytes]) -> Automation:
    """The automation that a tree's paths and the bytes of its configuration files show."""
    lowered = [p.lower() for p in paths]
    found_in = {
        kind: set[str]()
        for kind in ("task_runners", "dev_environments", "linters", "type_checkers", "coverage_configs")
    }
    for path, content in read.items():
        for kind, tool in sections(path, content):
            found_in[kind].add(tool)
    found_in["task_runners"] |= {_RUNNERS[p] for p in lowered if p in _RUNNERS}
    found_in["dev_environments"] |= matched(lowered, _ENVIRONMENTS)
    found_in["linters"] |= matched(lowered, _LINTERS)
    found_in["type_checkers"] |= matched(lowered, _TYPE_CHECKERS)
    found_in["coverage_configs"] |= matched(lowered, _COVERAGE)
    return Automation(
        update_bots=tuple(update_bot(p, c) for p, c in sorted(read.items()) if p.lower() in _BOTS),
        pre_commit_hooks=sum(hooks(c) for p, c in read.items() if p.lower() in _PRE_COMMIT)
        + sum(p in _OTHER_HOOKS for p in lowered),
        **{kind: tuple(sorted(tools)) for kind, tools in found_in.items()},
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Automation beside the pipelines; files that could not be read are named in the caveat."""
    tree = ask.fact(Tree)
    paths = [e.path for e in tree.entries if e.role != "vendored" and e.kind in ("file", "executable")]
    entries = candidates(tree, lambda p: p.lower() in _READ)
    read: dict[str, bytes] = {}
    unread: list[str] = []
    for entry, content in contents(ask.source, entries):
        if isinstance(content, Unknown):
            unread.append(entry.path)
        else:
            read[entry.path] = content
    caveat = f"not read: {', '.join(unread)}" if unread else ""
    yield found(automation(paths, read), f"{len(paths)} paths of the tree", commit=ask.source.head, caveat=caveat)


COLLECTOR = Collector("automation", "1", Repository, (Automation,), collect, needs=(Tree,))
