"""The rights to ask for: one line a right, with what it shows, of how many repositories, and how far it can open the scores."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reports.document.assemble import document
from reports.html import FORMAT as HTML
from reports.json import FORMAT as JSON
from reports.markdown import FORMAT as MARKDOWN
from reports.requests import RightRequest, requests
from scanner.core.assessment import Assessment, CheckScore, Gap, Judged, PracticeScore, StageScore
from scanner.core.evidence import Evidence, Fact, Unknown, Why
from scanner.core.outcomes import Indicator
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.http.github.permissions import PERMISSIONS
from scanner.pipeline.judge import all_checks
from tests.builders_reports import API, EMPTY, HOSTILE_REPO, ORG, SCRIPT, catalogue, golden

ROOT = Path(__file__).parents[2]
ADMIN = "a fine-grained token with “Administration: read”, or a classic token with the repo scope"
HOOKS = "a fine-grained token with “Webhooks: read”, or a classic token with the read:repo_hook scope"


@dataclass(frozen=True)
class Organisation(Fact):
    """A fact."""


def score(check: str, share: float, known: float, state: str = "unknown") -> CheckScore:
    return CheckScore(check, "?", state, None, None, 0, 100, known, share, 0.0, "")


def stage(which: Stage, *checks: CheckScore) -> StageScore:
    practice = PracticeScore("p", "p", None, 0, 100, 0.0, checks)
    return StageScore(which, None, None, 0, 100, 0.0, 0.0, False, (), (practice,))


def asked(
    *gaps: Gap, stages: tuple[StageScore, ...] = (), indicators: tuple[Judged, ...] = ()
) -> tuple[RightRequest, ...]:
    return requests(replace(golden(), gaps=gaps, stages=stages, indicators=indicators))


def gap(what: str, why: Why, closes: str, *subjects: Subject, checks: tuple[str, ...] = ()) -> Gap:
    return Gap(subjects or (API,), what, why, "GET /x answered 403", closes, checks)


def found(check: str, subject: Subject, fact: type[Fact] = Organisation) -> Judged:
    hole = Unknown(Why.FORBIDDEN, "not shown", "a token of an owner")
    return Judged(Indicator(check, subject, hole, (Evidence(subject, fact, fact(), "GET /x", "github-x", "1"),)))


def test_gaps_of_one_right_are_one_line_with_what_they_have_in_common() -> None:
    (line,) = asked(
        gap("RepositoryAccess", Why.FORBIDDEN, ADMIN, API, EMPTY, checks=("SEC-001", "SEC-002")),
        gap("BranchProtection", Why.AMBIGUOUS_404, ADMIN, EMPTY, HOSTILE_REPO, checks=("SEC-002",)),
    )
    assert (line.right, line.ask) == ("Administration: read", ADMIN)
    assert line.facts == ("BranchProtection", "RepositoryAccess")
    assert (line.repositories, line.estate) == (3, False)
    assert line.checks == ("SEC-001", "SEC-002")


def test_other_reasons_ask_for_no_right() -> None:
    others = [why for why in Why if why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404, Why.PARTIAL)]
    assert asked(*(gap("X", why, ADMIN) for why in others)) == ()
    assert asked(gap("X", Why.FORBIDDEN, ""), gap("Y", Why.PARTIAL, "")) == ()


def test_what_it_opens_is_the_part_that_its_checks_still_lack_by_hand() -> None:
    """Security: 0.2 × (1 − 0) + 0.1 × (1 − 0.5) = 0.25; process 0.4; security weighs 1.5, process 1: (1.5 × 0.25 + 0.4) ÷ 2.5."""
    (line,) = asked(
        gap("RepositoryAccess", Why.FORBIDDEN, ADMIN, checks=("SEC-001", "SEC-002", "PRO-001", "TEA-001")),
        stages=(
            stage(Stage.SECURITY, score("SEC-001", 0.2, 0.0), score("SEC-002", 0.1, 0.5), score("SEC-003", 0.7, 0.0)),
            stage(Stage.PROCESS, score("PRO-001", 0.4, 0.0), score("PRO-002", 0.6, 1.0, "measured")),
        ),
    )
    assert line.opens == ((Stage.PROCESS, pytest.approx(0.4)), (Stage.SECURITY, pytest.approx(0.25)))
    assert line.coverage == pytest.approx(0.31)


def test_a_check_that_does_not_apply_opens_nothing() -> None:
    (line,) = asked(
        gap("X", Why.FORBIDDEN, ADMIN, checks=("SEC-001",)),
        stages=(stage(Stage.SECURITY, score("SEC-001", 0.5, 0.0, "not_applicable")),),
    )
    assert (line.opens, line.coverage) == ((), 0.0)


def test_a_fact_that_is_not_whole_asks_for_each_right_and_brings_the_checks_that_found_it_so() -> None:
    question = "Are webhooks safe?"
    partial = gap("Organisation", Why.PARTIAL, HOOKS, ORG)
    thin = gap(question, Why.FORBIDDEN, "a token of an owner", ORG, checks=("SEC-035",))
    (line,) = asked(partial, thin, indicators=(found("SEC-035", ORG),))
    assert (line.right, line.facts, line.checks, line.estate, line.repositories) == (
        "Webhooks: read", ("Organisation",), ("SEC-035",), True, 0,
    )  # fmt: skip
    both = asked(gap("Organisation", Why.PARTIAL, f"{HOOKS}; {ADMIN}", ORG), thin, indicators=(found("SEC-035", ORG),))
    assert {r.right: r.checks for r in both} == {
        "Administration: read": (), "Webhooks: read": (), "a token of an owner": ("SEC-035",),
    }  # fmt: skip
    elsewhere = asked(
        partial, gap(question, Why.FORBIDDEN, "a token", API, checks=("SEC-035",)), indicators=(found("SEC-035", API),)
    )
    assert {r.right for r in elsewhere} == {"Webhooks: read", "a token"}


def test_a_right_that_a_check_names_itself_joins_that_of_the_facts() -> None:
    lines = asked(
        gap("RepositoryAccess", Why.FORBIDDEN, ADMIN, checks=("SEC-001",)),
        gap("May jobs approve?", Why.FORBIDDEN, "a token with “Administration: read”", EMPTY, checks=("SEC-031",)),
    )
    assert [(r.right, r.ask, r.checks, r.repositories) for r in lines] == [
        ("Administration: read", ADMIN, ("SEC-001", "SEC-031"), 2)
    ]


def test_of_the_rights_that_a_check_names_those_that_were_refused_are_asked_for() -> None:
    both = "a token with “Administration: read” and “Webhooks: read”"
    thin = gap("Are webhooks safe?", Why.FORBIDDEN, both, ORG, checks=("SEC-035",))
    role = "a token with the scope read_api, of an Owner of the group"
    seen = (found("SEC-035", ORG),)

    def rights(*gaps: Gap) -> dict[str, tuple[str, ...]]:
        return {line.right: line.checks for line in asked(*gaps, indicators=seen)}

    assert rights(gap("Organisation", Why.PARTIAL, HOOKS, ORG), thin) == {"Webhooks: read": ("SEC-035",)}
    assert rights(gap("Organisation", Why.PARTIAL, role, ORG), thin) == {role: ("SEC-035",)}, "GitLab has roles"
    assert rights(thin) == {"Administration: read": ("SEC-035",), "Webhooks: read": ("SEC-035",)}


CHECKS_OF_RIGHTS = sorted(
    {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for path in (ROOT / "analyzers").rglob("*.py")
        if "Why.FORBIDDEN" in path.read_text("utf-8")
    }
)


@pytest.mark.parametrize("module", CHECKS_OF_RIGHTS)
def test_every_check_that_a_right_would_open_names_it_as_the_facts_do(module: str) -> None:
    """So that it joins the line of that right, and no reader is asked for the same twice in other words."""
    named = re.findall("“([^”]+)”", (ROOT / f"{module}.py").read_text("utf-8"))
    assert named
    assert set(named) <= {permission.fine_grained for _, permission in PERMISSIONS}


def test_the_order_is_by_what_it_opens_then_by_name() -> None:
    gaps = [
        gap("A", Why.FORBIDDEN, "a token with “Z: read”", checks=("SEC-001",)),
        gap("B", Why.FORBIDDEN, "a token with “B: read”"),
        gap("C", Why.FORBIDDEN, "a token with “A: read”"),
    ]
    stages = (stage(Stage.SECURITY, score("SEC-001", 0.5, 0.0)),)
    assert [r.right for r in asked(*gaps, stages=stages)] == ["Z: read", "A: read", "B: read"]
    assert asked(*gaps, stages=stages) == asked(*reversed(gaps), stages=stages)


def test_every_check_asks_a_question_by_which_its_gaps_are_known() -> None:
    assert [c.spec.id for c in all_checks() if not c.spec.question.endswith("?")] == []


def hostile() -> Assessment:
    """A forge that writes what it likes into what closes a gap."""
    return replace(
        golden(), gaps=(gap(SCRIPT, Why.FORBIDDEN, f"a token with “{SCRIPT} | x”", HOSTILE_REPO, checks=("SEC-001",)),)
    )


def test_every_format_shows_it_and_escapes_it() -> None:
    page = HTML.render(hostile(), catalogue()).decode()
    assert "Rights to ask for" in page
    assert SCRIPT not in page
    text = MARKDOWN.render(hostile(), catalogue()).decode()
    assert "### Rights to ask for" in text
    assert SCRIPT not in text
    assert b'"requests": [' in JSON.render(hostile(), catalogue())
    assert "Rights to ask for" not in HTML.render(replace(golden(), gaps=()), catalogue()).decode()


def test_a_row_says_how_much_without_calling_a_little_nothing() -> None:
    small = stage(Stage.SECURITY, score("SEC-001", 0.001, 0.0))
    whole = replace(golden(), gaps=(gap("X", Why.FORBIDDEN, ADMIN, API, ORG, checks=("SEC-001",)),), stages=(small,))
    (row,) = document(whole, catalogue()).requests
    assert (row.coverage, row.missing) == ("under 1\u00a0%", "1 repository and the estate itself")
    assert row.opens == "Security and compliance under 1\u00a0%"
