"""Telling bots and AI agents from people, by the names and addresses they sign with."""

from __future__ import annotations

import re

_BOTS = frozenset({
    "dependabot", "dependabot-preview", "dependabot-support", "renovate", "renovatebot", "renovate bot", "mend renovate",
    "whitesource renovate", "github-actions", "github actions", "github action", "github", "semantic-release-bot", "pre-commit-ci",
    "pre-commit.ci", "greenkeeper", "greenkeeperio", "snyk", "mergify", "imgbot", "allcontributors", "weblate", "hosted weblate",
    "pyup.io bot", "travis ci", "travis-ci", "circleci", "jenkins", "gitlab ci", "gitlab-ci", "bors", "k8s-ci-robot",
    "copybara-service", "codecov", "depfu", "scala steward", "restyled.io", "deepsource autofix", "codefactor.io", "release-please",
    "web-flow", "azure pipelines", "buildkite", "homu", "poeditor", "crowdin", "transifex", "netlify cms", "semantic release",
})  # fmt: skip
"""Names, logins or mail names (lower-case) that only machines sign with."""

_BOT_ENDINGS = ("[bot]", "-bot", "_bot", "-robot", " [automated]")

_AGENT_MAILS = frozenset({
    "noreply@anthropic.com", "claude@anthropic.com", "cursoragent@cursor.com", "agent@cursor.com", "codex@openai.com",
    "noreply@openai.com", "noreply@aider.chat", "aider@aider.chat", "openhands@all-hands.dev", "amp@ampcode.com",
    "copilot@github.com", "gemini-code-assist@google.com", "noreply@cognition.ai", "bot@devin.ai",
})  # fmt: skip

_AGENT_NAMES = frozenset({
    "claude", "copilot", "cursor", "devin", "aider", "codex", "chatgpt", "gemini", "jules", "openhands", "windsurf", "cline",
    "junie", "amp", "opencode", "cursoragent", "copilot-swe-agent", "devin-ai-integration", "google-labs-jules", "sweep-ai",
    "gemini-code-assist", "openai-codex", "claude-code", "amazon-q-developer", "coderabbitai",
})  # fmt: skip

_AGENT_STARTS = (
    "claude code", "claude opus", "claude sonnet", "claude haiku", "claude fable", "claude 3", "claude 4", "claude (", "github copilot",
    "openai codex", "codex (", "gpt-", "devin ai", "cursor agent", "cursor ai", "aider (", "gemini code", "gemini cli", "gemini 2",
    "google jules", "amazon q", "windsurf ", "copilot ",
)  # fmt: skip

_TOOL_TRAILERS = ("generated-by:", "assisted-by:", "ai-assisted-by:", "ai-assistant:")
_GENERATED = re.compile(
    r"\bgenerated (?:with|by) \[?(?:claude|github copilot|copilot|cursor|devin|aider|codex|gemini|openhands|windsurf)\b"
)
_AUTHOR_TOOL = re.compile(r"\s\((?:aider|claude|cursor|codex|copilot)\)$", re.IGNORECASE)


def noreply_login(email: str) -> str:
    """The login in a GitHub noreply address (``12345+ann@users.noreply.github.com``), lower-case; empty if it is none."""
    local, at, domain = email.lower().rpartition("@")
    if not at or domain != "users.noreply.github.com":
        return ""
    return local.rpartition("+")[2]


def is_agent(name: str, email: str) -> bool:
    """Whether an identity is an AI coding agent. A first name alone (Claude, Devin) counts, a full name does not."""
    bare = name.strip().lower().removesuffix("[bot]")
    login = noreply_login(email).removesuffix("[bot]")
    return (
        email.lower() in _AGENT_MAILS or bare in _AGENT_NAMES or login in _AGENT_NAMES or bare.startswith(_AGENT_STARTS)
    )


def is_bot(name: str, email: str) -> bool:
    """Whether an identity is a machine: a bot, a build server or an AI agent that signs as author."""
    bare = name.strip().lower()
    mail_name = noreply_login(email) or email.lower().partition("@")[0]
    return (
        bare.endswith(_BOT_ENDINGS)
        or mail_name.endswith(_BOT_ENDINGS)
        or bare in _BOTS
        or mail_name.rpartition("+")[2] in _BOTS - {"github", "snyk", "jenkins"}
        or is_agent(name, email)
    )


def author_tool(name: str) -> tuple[str, bool]:
    """``name`` without the mark that some agents add to it (``Ann Lee (aider)``), and whether it was there."""
    match = _AUTHOR_TOOL.search(name[-40:])
    return (name[: -len(match.group())], True) if match else (name, False)


def is_signed(body: str) -> bool:
    """Whether a commit message may name others than its author: `co_authors` or `declares_agent` could say something."""
    lowered = body.lower()
    return "-by:" in lowered or "generated " in lowered or "ai-assistant:" in lowered


def declares_agent(body: str) -> bool:
    """Whether a commit message says in its body that an AI agent wrote part of the change (co-authors apart)."""
    lowered = body.lower()
    if "generated " in lowered and _GENERATED.search(lowered):
        return True
    if not any(key in lowered for key in _TOOL_TRAILERS):
        return False
    return any(
        line.startswith(_TOOL_TRAILERS) and is_agent(*_signature(line.partition(":")[2]))
        for line in lowered.split("\n")
    )


def co_authors(body: str) -> tuple[tuple[str, str], ...]:
    """(name, e-mail) of every ``Co-authored-by`` trailer, at most 50."""
    if "co-authored-by:" not in body.lower():
        return ()
    signed = (line.strip() for line in body.split("\n"))
    found = [_signature(line[15:]) for line in signed if line[:15].lower() == "co-authored-by:"]
    return tuple(found[:50])


def _signature(text: str) -> tuple[str, str]:
    name, _, rest = text.partition("<")
    return name.strip(), rest.partition(">")[0].strip()
