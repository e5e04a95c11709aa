from __future__ import annotations

import tomllib

import pytest

from collectors.code.secret_rules import NAMES, secret_rules


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("src/main.c", ".txt"), ("a/b.yml", ".yaml"), ("a/B.YAML", ".yaml"), ("x.hcl", ".tf"), ("web/index.php", ".php"),
        ("NuGet.Config", ".nuget.config"), ("recipes/x.inc", ".bb"), ("a.zip", ".txt"),
        ("vendor/@octokit/auth-token/README.md", "/@octokit/auth-token/README.md"),
    ],
)  # fmt: skip
def test_a_neutral_name_is_treated_as_the_path_is(path: str, name: str) -> None:
    assert secret_rules().name_like(path) == name


def test_every_path_that_a_rule_asks_for_has_a_name() -> None:
    rules = secret_rules()
    assert all(any(pattern.search("0" + name) for name in NAMES) for pattern in rules.asked)
    assert not any(rules.skips("0" + name) for name in NAMES)


def test_paths_that_gitleaks_leaves_out_and_paths_that_break_a_rule_alone() -> None:
    rules = secret_rules()
    assert [p for p in ("go.sum", "a/package-lock.json", "logo.SVG", "a.py", "node_modules/a/b.js") if rules.skips(p)] == [
        "go.sum", "a/package-lock.json", "logo.SVG", "node_modules/a/b.js",
    ]  # fmt: skip
    assert rules.named("certs/Client.P12") == ("pkcs12-file",)
    assert rules.named("certs/client.pem") == ()


def test_a_table_of_few_rules_keeps_their_whole_text_and_the_global_allow_list() -> None:
    rules = secret_rules()
    whole = tomllib.loads(rules.table_of({r.id for r in (*rules.rules, *rules.by_path)}).decode())
    few = tomllib.loads(rules.table_of({"generic-api-key", "github-pat"}).decode())
    assert len(whole["rules"]) == 222
    assert few["rules"] == [rule for rule in whole["rules"] if rule["id"] in ("generic-api-key", "github-pat")]
    assert few["allowlist"] == whole["allowlist"]
    assert len(few["allowlist"]["paths"]) == 25
