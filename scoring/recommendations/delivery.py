"""Steps towards changes that reach users quickly, safely and seen by two people."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_WORKFLOW = """\
# .github/workflows/check.yml
name: check
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@<full commit id>
      - run: make lint test
"""

_PROTECTION = """\
# GitHub: Settings > Rules > Rulesets > New branch ruleset, target the default branch:
#   require a pull request with 1 approval, dismiss stale approvals, require status checks,
#   block force pushes, restrict deletions, no bypass for administrators.
# GitLab: Settings > Repository > Protected branches: push "No one", merge "Maintainers";
#   Settings > Merge requests: approvals required 1, prevent approval by author.
gh api -X PUT repos/OWNER/REPO/branches/main/protection --input - <<'JSON'
{"required_pull_request_reviews": {"required_approving_review_count": 1, "dismiss_stale_reviews": true},
 "required_status_checks": {"strict": true, "contexts": ["check"]},
 "enforce_admins": true, "restrictions": null, "allow_force_pushes": false, "allow_deletions": false}
JSON
"""

_DEPLOY = """\
# .github/workflows/deploy.yml
name: deploy
on:
  push:
    branches: [main]
permissions:
  contents: read
  deployments: write
concurrency: production
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@<full commit id>
      - run: make deploy
"""

STEPS = (
    Step(
        id="REC-14",
        title="Build, test and lint every change in a pipeline before it is merged",
        stage=Stage.PROCESS,
        addresses=("PRO-002", "PRO-003"),
        effort=Effort(1, each=1, per="repository"),
        owner_role="Platform engineer",
        kpi="PRO-002",
        fix=_WORKFLOW,
    ),
    Step(
        id="REC-15",
        title="Protect the default branch and require one approval by another person",
        stage=Stage.PROCESS,
        addresses=("PRO-017", "PRO-001", "PRO-016", "SEC-021"),
        effort=Effort(0.25, each=0.1, per="repository"),
        owner_role="Head of engineering",
        kpi="PRO-017",
        target=90.0,
        fix=_PROTECTION,
    ),
    Step(
        id="REC-16",
        title="Make the pipeline trustworthy: mend flaky tests, repair red builds first, cut its duration and waste",
        stage=Stage.PROCESS,
        addresses=("PRO-004", "PRO-005", "PRO-006", "PRO-007", "BUD-003"),
        effort=Effort(3, each=1, per="repository"),
        owner_role="Platform engineer",
        kpi="PRO-004",
        target=80.0,
        prerequisites=("REC-14",),
    ),
    Step(
        id="REC-17",
        title="Deploy from the pipeline, each service by itself, in small steps",
        stage=Stage.PROCESS,
        addresses=("PRO-008", "PRO-009", "PRO-011", "SCA-010"),
        effort=Effort(5, each=3, per="repository", spread=3.0),
        owner_role="Platform engineer",
        kpi="PRO-008",
        target=75.0,
        prerequisites=("REC-14", "REC-15"),
        fix=_DEPLOY,
    ),
    Step(
        id="REC-18",
        title="Make a failed deployment cheap: release gradually, roll back by one command, learn from each failure",
        stage=Stage.PROCESS,
        addresses=("PRO-012", "PRO-013", "EXP-009"),
        effort=Effort(4, each=2, per="repository"),
        owner_role="Platform engineer",
        kpi="PRO-013",
        target=75.0,
        prerequisites=("REC-17",),
    ),
    Step(
        id="REC-19",
        title="Agree on small changes and on a first review within a working day",
        stage=Stage.PROCESS,
        addresses=("PRO-014", "PRO-015", "PRO-018", "PRO-019", "PRO-021"),
        effort=Effort(2, each=0.25, per="repository"),
        owner_role="Head of engineering",
        kpi="PRO-014",
        target=80.0,
    ),
    Step(
        id="REC-20",
        title="Make every repository buildable from a fresh clone, with versions locked and old branches removed",
        stage=Stage.PROCESS,
        addresses=("PRO-022", "PRO-020", "PRO-010"),
        effort=Effort(0.5, each=0.75, per="repository"),
        owner_role="Team leads",
        kpi="PRO-022",
        fix="# Delete merged branches by themselves: GitHub Settings > General > Automatically delete head branches\n"
        "gh repo edit OWNER/REPO --delete-branch-on-merge\n",
    ),
)
