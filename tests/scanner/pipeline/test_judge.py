from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scanner.core.assessment import Assessment
from scanner.core.evidence import Evidence, Fact, Ledger, Unknown, Why
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment
from scanner.facts.forge import ForgeRepository
from scanner.facts.history import RepositoryProfile
from scanner.facts.tree import Documents, Tree
from scanner.pipeline import judge as module
from scanner.pipeline.judge import Scope, judge, org_subject

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
SCOPE = Scope("acme", "Acme", ("acme",), AS_OF, "1")
ORG = org_subject("acme")
A, B, C = (Subject(Kind.REPO, name) for name in "abc")


def _profile(age_days: int = 10, head: str = "a" * 40) -> RepositoryProfile:
    at = AS_OF - timedelta(days=age_days)
    return RepositoryProfile(
        AS_OF, "main", head, at if head else None, at if head else None, 5 if head else 0, False, 1, 0, 3, 0, 0
    )


def _forge(**given: bool) -> ForgeRepository:
    flags: dict[str, Any] = {"archived": False, "fork": False, "template": False} | given
    return ForgeRepository(
        "", (), visibility="private", created_at=AS_OF, default_branch="main", has_issues=True, has_discussions=False, licence="", stars=0, open_issues=0,
        deletes_merged_branches=None, url="", **flags,
    )  # fmt: skip


def _judged(*facts: tuple[Subject, Fact | tuple[type[Fact], Unknown]]) -> Assessment:
    ledger = Ledger([Evidence(ORG, Moment, Moment(AS_OF), "", "assay", "1")])
    for subject, given in facts:
        kind, content = given if isinstance(given, tuple) else (type(given), given)
        ledger.add(Evidence(subject, kind, content, "test", "test", "1"))
    return judge(ledger, {s for s, _ in facts}, SCOPE)


def _classes(assessment: Assessment) -> dict[str, tuple[str, bool]]:
    return {p.subject.name: (p.repo_class, p.weight > 0) for p in assessment.profiles}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((_profile(365),), ("active", True)),
        ((_profile(366),), ("dormant", True)),
        ((_profile(head=""),), ("empty", False)),
        ((_profile(), _forge(archived=True)), ("archived", False)),
        ((_profile(), _forge(fork=True)), ("fork", False)),
        ((_profile(), _forge(template=True)), ("template", False)),
        (((RepositoryProfile, Unknown(Why.CORRUPT, "broken")),), ("unread", True)),
    ],
)
def test_classes_and_whether_they_count(facts: tuple[Any, ...], expected: tuple[str, bool]) -> None:
    assert _classes(_judged(*((A, f) for f in facts), (B, _profile())))["a"] == expected


UNCLONED = (RepositoryProfile, Unknown(Why.NOT_REQUESTED, "the forge alone was asked"))


@pytest.mark.parametrize(
    ("hole", "forge", "expected"),
    [
        (UNCLONED, {"pushed_at": AS_OF - timedelta(days=365)}, ("active", True)),
        (UNCLONED, {"pushed_at": AS_OF - timedelta(days=366)}, ("dormant", True)),
        (UNCLONED, {"pushed_at": AS_OF, "empty": True}, ("empty", False)),
        (UNCLONED, {"pushed_at": AS_OF, "archived": True}, ("archived", False)),
        (UNCLONED, {"pushed_at": None}, ("unread", True)),
        # one that was to be cloned and could not be is unread, whatever the forge says of it
        ((RepositoryProfile, Unknown(Why.FORBIDDEN, "no")), {"pushed_at": AS_OF}, ("unread", True)),
    ],
)
def test_what_was_not_cloned_is_classed_by_the_forge(
    hole: Any, forge: dict[str, Any], expected: tuple[str, bool]
) -> None:
    record = replace(_forge(**{k: v for k, v in forge.items() if k == "archived"}), **forge)
    assert _classes(_judged((A, hole), (A, record), (B, _profile())))["a"] == expected


def test_commits_that_nobody_counted_weigh_as_much_as_any_could() -> None:
    # 2 (criticality 3) x 3 (cap) and 2 x 0.25 (floor: no push in a year)
    for days, weight in ((1, 6.0), (366, 0.5)):
        record = replace(_forge(), pushed_at=AS_OF - timedelta(days=days))
        (profile,) = _judged((A, UNCLONED), (A, record)).profiles
        assert profile.weight == pytest.approx(weight)
        assert (profile.note, profile.head) == ("read from the forge alone", "")


def test_an_unread_repository_widens_every_interval_and_moves_no_score() -> None:
    facts = (_profile(), Documents(AS_OF, ()))
    alone = _judged(*((A, fact) for fact in facts))
    holes = ((B, (type(fact), Unknown(Why.CORRUPT, "broken"))) for fact in facts)
    with_hole = _judged(*((A, fact) for fact in facts), *holes)
    narrowed = 0
    for one, two in zip(alone.stages, with_hole.stages, strict=True):
        assert two.low <= one.low + 1e-9
        if one.stage is not Stage.STATE:  # how much could be read is itself a measure of stage 2
            assert two.high >= one.high - 1e-9
        assert two.coverage <= one.coverage + 1e-9
        narrowed += two.coverage < one.coverage
    assert narrowed > 0
    gaps = [g for g in with_hole.gaps if B in g.subjects]
    assert "broken" in {g.detail for g in gaps}


def test_an_archived_repository_is_listed_and_not_judged() -> None:
    tree = Tree("a" * 40, ())
    assessment = _judged((A, _profile()), (A, tree), (B, _profile()), (B, tree), (B, _forge(archived=True)))
    assert {p.subject for p in assessment.profiles} == {A, B}
    assert all(i.indicator.subject in (A, ORG) for i in assessment.indicators)
    assert not any(f.subject == B for f in assessment.findings)


def test_a_caveat_stands_among_the_gaps() -> None:
    ledger = Ledger([Evidence(A, RepositoryProfile, _profile(), "git log", "git-history", "1", caveat="shallow clone")])
    assessment = judge(ledger, [A], SCOPE)
    assert [(g.why, g.detail) for g in assessment.gaps if g.subjects == (A,) and g.why is Why.PARTIAL] == [
        (Why.PARTIAL, "shallow clone")
    ]


def test_a_check_that_raises_is_a_hole_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    victim = next(c for c in module.all_checks() if [n.fact for n in c.needs.values()] == [Documents])

    def failing(**_: Documents) -> object:
        raise ValueError("what was read")

    broken = type(victim)(victim.spec, failing, victim.needs)
    monkeypatch.setattr(module, "all_checks", lambda: (broken,))
    documents = Ledger(
        [
            Evidence(A, RepositoryProfile, _profile(), "", "x", "1"),
            Evidence(A, Documents, object.__new__(Documents), "", "x", "1"),
        ]
    )
    assessment = judge(documents, [A], SCOPE)
    (indicator,) = [i.indicator for i in assessment.indicators]
    assert indicator.outcome == Unknown(
        Why.CRASHED, f"ValueError in check {victim.spec.id}", "report this to the makers of assay"
    )


def test_nothing_at_all_is_an_assessment_without_a_score() -> None:
    assessment = judge(Ledger(), [], SCOPE)
    assert (assessment.overall.level, assessment.profiles, assessment.findings) == (None, (), ())
    assert (assessment.overall.low, round(assessment.overall.high)) == (0, 100)


def test_commits_that_are_not_known_weigh_as_much_as_any_could() -> None:
    unread = (RepositoryProfile, Unknown(Why.CORRUPT, "broken"))
    weights = {p.subject: p.weight for p in _judged((A, _profile()), (B, unread), (C, _profile(366))).profiles}
    # criticality 3 weighs 2; activity at most 3; no commit in the year: 0.25
    assert weights == {A: 6.0, B: 6.0, C: 0.5}
