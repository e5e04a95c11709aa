"""Steps towards code, pipelines and dependencies in which an attacker finds little."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_SCANNING = """\
# Organisation > Settings > Code security > Configurations: enable for all repositories
#   secret scanning, push protection, dependency alerts and security updates, code scanning default setup.
gh api -X PATCH repos/OWNER/REPO --input - <<'JSON'
{"security_and_analysis": {"secret_scanning": {"status": "enabled"},
 "secret_scanning_push_protection": {"status": "enabled"}}}
JSON
"""

_PIPELINE = """\
permissions:
  contents: read              # widen per job, never for the whole workflow
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@<full commit id>   # the version as a comment
        with:
          persist-credentials: false
      - run: ./check "$TITLE"                     # never ${{ ... }} inside run
        env:
          TITLE: ${{ github.event.pull_request.title }}
"""

_PROVENANCE = """\
permissions:
  id-token: write
  attestations: write
steps:
  - uses: anchore/sbom-action@<full commit id>
  - uses: actions/attest-build-provenance@<full commit id>
    with:
      subject-path: dist/*
"""

_ACCESS = """\
# GitHub: Organisation > Settings > Authentication security: require two-factor authentication for everyone
#   Settings > Member privileges: base permission "Read"; People: at most three owners; review outside collaborators
#   Deploy keys: read-only unless they release; Webhooks: set a secret on each
# GitLab: Group > Settings > General > Permissions: all users must set up two-factor authentication
"""

_CONTAINER = """\
FROM docker.io/library/python:3.13-slim@sha256:<digest>
RUN useradd --system --uid 10001 app
USER 10001
"""

_CREDENTIALS = """\
# GitHub: Organisation > Settings > Secrets and variables > Actions: renew what is older than a year; limit each secret
#   to selected repositories; use OpenID Connect where the other side can
# GitLab: Group > Settings > CI/CD > Variables: Masked, Protected; Settings > Repository > Deploy tokens: set an end
"""

STEPS = (
    Step(
        id="REC-49",
        title="Revoke every credential found in code, history and pipelines, then move them to a secret store",
        stage=Stage.SECURITY,
        addresses=("SEC-007", "SEC-008"),
        effort=Effort(0.5, each=0.5, per="finding"),
        owner_role="Security lead",
        kpi="SEC-007",
        target=100.0,
        fix="# Order matters: 1. revoke at the issuer; 2. look for misuse in its log; 3. issue anew into the secret store;\n"
        "# 4. remove from the code. Rewriting history comes last and heals nothing by itself.\n",
    ),
    Step(
        id="REC-50",
        title="Refuse credentials at the push, and scan every change for security faults",
        stage=Stage.SECURITY,
        addresses=("SEC-009", "SEC-002", "SEC-026", "SEC-039"),
        effort=Effort(0.5, each=0.1, per="repository"),
        owner_role="Security lead",
        kpi="SEC-009",
        target=95.0,
        fix=_SCANNING,
    ),
    Step(
        id="REC-51",
        title="Update vulnerable dependencies: exploited and critical ones this week, and keep to a deadline after that",
        stage=Stage.SECURITY,
        addresses=("SEC-003", "SEC-004", "SEC-006", "RIS-011", "RIS-014"),
        effort=Effort(1, each=0.25, per="finding"),
        owner_role="Team leads",
        kpi="SEC-003",
        target=90.0,
    ),
    Step(
        id="REC-52",
        title="Lock the versions of all that is deployed",
        stage=Stage.SECURITY,
        addresses=("SEC-005",),
        effort=Effort(0.25, each=0.25, per="repository"),
        owner_role="Team leads",
        kpi="SEC-005",
        target=95.0,
    ),
    Step(
        id="REC-53",
        title="Harden the pipelines: least permissions, known and pinned actions, guarded production, no untrusted text in scripts",
        stage=Stage.SECURITY,
        addresses=("SEC-010", "SEC-011", "SEC-030", "SEC-031", "SEC-032", "SEC-033", "SEC-038"),
        effort=Effort(0.5, each=0.25, per="repository"),
        owner_role="Platform engineer",
        kpi="SEC-010",
        target=95.0,
        fix=_PIPELINE,
    ),
    Step(
        id="REC-54",
        title="Mend the faults that static analysis finds, severe ones first",
        stage=Stage.SECURITY,
        addresses=("SEC-001",),
        effort=Effort(0.5, each=0.25, per="finding"),
        owner_role="Team leads",
        kpi="SEC-001",
    ),
    Step(
        id="REC-55",
        title="Sign what is published, list what is in it, and let nobody move the tag of a release",
        stage=Stage.SECURITY,
        addresses=("SEC-012", "SEC-040", "SEC-044", "SEC-045"),
        effort=Effort(0.5, each=0.5, per="repository"),
        owner_role="Platform engineer",
        kpi="SEC-012",
        prerequisites=("REC-17",),
        fix=_PROVENANCE,
    ),
    Step(
        id="REC-66",
        title="Require a second factor of every member, and cut owners, administrators, outsiders and keys to the needed",
        stage=Stage.SECURITY,
        addresses=(
            "SEC-016",
            "SEC-017",
            "SEC-018",
            "SEC-019",
            "SEC-020",
            "SEC-029",
            "SEC-035",
            "SEC-036",
            "SEC-037",
        ),
        effort=Effort(1, each=0.1, per="repository"),
        owner_role="Security lead",
        kpi="SEC-016",
        target=95.0,
        fix=_ACCESS,
    ),
    Step(
        id="REC-67",
        title="Mend the faults of the declared infrastructure: open ports, missing encryption, root containers, loose images",
        stage=Stage.SECURITY,
        addresses=("SEC-013", "SEC-014", "SEC-015", "SEC-043"),
        effort=Effort(1, each=0.2, per="finding"),
        owner_role="Platform engineer",
        kpi="SEC-013",
        fix=_CONTAINER,
    ),
    Step(
        id="REC-68",
        title="State in every repository under which terms its code may be used, in text and manifest alike",
        stage=Stage.SECURITY,
        addresses=("SEC-022", "SEC-023"),
        effort=Effort(1, each=0.05, per="repository"),
        owner_role="General counsel with head of engineering",
        kpi="SEC-022",
        target=95.0,
    ),
    Step(
        id="REC-69",
        title="Have the product attacked by outsiders once a year, and put towards a certificate what customers ask for",
        stage=Stage.SECURITY,
        addresses=("SEC-027", "SEC-028"),
        effort=Effort(40),
        owner_role="Security lead",
        kpi="SEC-028",
        target=80.0,
        prerequisites=("REC-51", "REC-54"),
    ),
    Step(
        id="REC-70",
        title="Renew stored credentials yearly, give tokens an end, and hide what pipelines are given",
        stage=Stage.SECURITY,
        addresses=("SEC-034", "SEC-041", "SEC-042"),
        effort=Effort(0.5, each=0.25, per="finding"),
        owner_role="Security lead",
        kpi="SEC-034",
        target=80.0,
        fix=_CREDENTIALS,
    ),
)
