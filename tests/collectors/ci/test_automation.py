from collectors.ci.automation import automation
from scanner.facts.ci import UpdateBot


def test_bots_hooks_and_tools() -> None:
    read = {
        ".github/dependabot.yml": b"version: 2\nupdates:\n  - package-ecosystem: pip\n  - package-ecosystem: github-actions\n",
        ".pre-commit-config.yaml": b"repos:\n  - repo: local\n    hooks: [{id: a}, {id: b}]\n  - repo: x\n    hooks: [{id: c}]\n",
        "pyproject.toml": b"[tool.mypy]\nstrict = true\n[tool.coverage.run]\nbranch = true\n",
        "package.json": b'{"scripts": {"test": "jest"}, "eslintConfig": {"root": true}}',
    }
    fact = automation([*read, "Makefile", ".devcontainer/devcontainer.json", "ruff.toml", "web/tsconfig.json"], read)
    assert fact.update_bots == (UpdateBot("dependabot", ".github/dependabot.yml", ("github-actions", "pip")),)
    assert fact.pre_commit_hooks == 3
    assert fact.task_runners == ("make", "npm")
    assert fact.dev_environments == ("devcontainer",)
    assert fact.linters == ("eslint", "ruff")
    assert fact.type_checkers == ("mypy", "typescript")
    assert fact.coverage_configs == ("coverage.py",)


def test_broken_configuration_still_shows_that_it_is_there() -> None:
    fact = automation(["renovate.json", "pyproject.toml"], {"renovate.json": b"{oops", "pyproject.toml": b"[["})
    assert fact.update_bots == (UpdateBot("renovate", "renovate.json", ()),)
    assert fact.linters == ()


def test_an_empty_tree_has_no_automation() -> None:
    fact = automation([], {})
    assert (fact.update_bots, fact.pre_commit_hooks, fact.task_runners) == ((), 0, ())
