from __future__ import annotations

import pytest

from collectors.git.agents import author_tool, co_authors, declares_agent, is_agent, is_bot, noreply_login


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("Renovate Bot", "bot@renovateapp.com"),
        ("renovate", "x@y.z"),
        ("semantic-release-bot", "semantic-release-bot@martynus.net"),
        ("pre-commit-ci[bot]", "66853113+pre-commit-ci[bot]@users.noreply.github.com"),
        ("acme-deploy-bot", "ops@acme.io"),
        ("GitHub", "noreply@github.com"),
        ("Claude", "noreply@anthropic.com"),
    ],
)
def test_machines(name: str, email: str) -> None:
    assert is_bot(name, email)


@pytest.mark.parametrize(
    ("name", "email"),
    [("Peter Bot", "peter@acme.io"), ("Abbot Lee", "abbot@acme.io"), ("Claude Monet", "claude.monet@acme.io"), ("Ann", "ann@acme.io"),
     ("Ann Lee", "12+ann@users.noreply.github.com")],
)  # fmt: skip
def test_people(name: str, email: str) -> None:
    assert not is_bot(name, email)


def test_agents_are_told_from_people_of_the_same_first_name() -> None:
    assert is_agent("Copilot", "198982749+Copilot@users.noreply.github.com")
    assert is_agent("Cursor Agent", "cursoragent@cursor.com")
    assert not is_agent("Devin Booker", "devin@acme.io")


def test_declared_agents() -> None:
    assert declares_agent("Fix it.\n\nGenerated with [Claude Code](https://example.com)")
    assert declares_agent("Assisted-by: Copilot <copilot@github.com>")
    assert not declares_agent("The client is generated with protoc")
    assert not declares_agent("Assisted-by: Bob Ray <bob@acme.io>")
    assert author_tool("Ann Lee (aider)") == ("Ann Lee", True)
    assert author_tool("Ann Lee") == ("Ann Lee", False)


def test_trailers() -> None:
    body = "Text\n\nCo-authored-by: Bob Ray <bob@acme.io>\nCO-AUTHORED-BY: Cy <cy@acme.io>\nCo-authored-by: broken"
    assert co_authors(body) == (("Bob Ray", "bob@acme.io"), ("Cy", "cy@acme.io"), ("broken", ""))


def test_github_noreply_addresses_hold_the_login() -> None:
    assert noreply_login("12345+AnnLee@users.noreply.github.com") == "annlee"
    assert noreply_login("annlee@users.noreply.github.com") == "annlee"
    assert noreply_login("ann@github.com") == ""
    assert noreply_login("ann@users.noreply.github.com.evil.org") == ""
