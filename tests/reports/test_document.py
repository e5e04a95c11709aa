from dataclasses import replace

from reports.document.assemble import document
from scanner.core.assessment import Status, SubjectProfile
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from tests.builders_reports import UNASSESSABLE, bare, catalogue, finding, golden

DOC = document(golden(), catalogue())


def test_the_stages_stand_in_order_and_the_unjudged_have_no_bar() -> None:
    assert [s.number for s in DOC.stages] == list(range(1, 17))
    unjudged = [s for s in DOC.stages if not s.assessable]
    assert [s.name for s in unjudged] == [s.spec.name for s in UNASSESSABLE]
    assert all(s.bar.points is None and s.score == s.level == "not assessable" for s in unjudged)


def test_open_findings_leave_out_what_is_waived_or_fixed() -> None:
    assert DOC.findings_open == 96 + 7
    assert sum(count for _, count in DOC.severities) == DOC.findings_open
    assert len(DOC.findings) == 60
    assert [f.status for f in DOC.waived] == ["waived"]
    fixed = replace(golden(), findings=(finding(1, status=Status.FIXED), finding(2)))
    assert document(fixed, {}).findings_open == 1


def test_the_worst_findings_come_first() -> None:
    ranks = ["critical", "high", "medium", "low", "info"]
    seen = [ranks.index(f.severity) for f in DOC.findings]
    assert seen == sorted(seen)
    assert seen[0] == 0


def test_only_findings_of_a_repository_with_a_web_address_are_linked() -> None:
    assert {f.subject for f in DOC.findings if f.href} == {"acme/api"}
    assert all(f.href.startswith("https://github.com/acme/api/blob/") for f in DOC.findings if f.href)


def test_risks_are_ordered_by_exposure() -> None:
    assert [(r.id, r.exposure) for r in DOC.risks] == [
        ("K1", 25), ("K2", 16), ("K4", 12), ("K3", 10), ("K6", 8), ("K5", 6),
    ]  # fmt: skip


def test_each_step_stands_once_in_its_horizon() -> None:
    assert [(heading, [r.id for r in steps]) for heading, steps in DOC.plan] == [
        ("Now, before closing", ["R01", "R02"]),
        ("Within 30 days", ["R03", "R07"]),
        ("Within 60 days", ["R04"]),
        ("Within 100 days", ["R05"]),
        ("Within a year", ["R06"]),
    ]


def test_a_step_tells_effort_cost_and_gain() -> None:
    second = DOC.plan[0][1][1]
    assert (second.effort, second.cost) == ("2 d (1 to 4)", "1,600 EUR (800 to 3,200)")
    assert (second.gain_stage, second.gain_overall) == ("+6.0", "+1.6")
    assert DOC.plan[2][1][0].cost == ""


def test_languages_are_shares_of_what_was_counted() -> None:
    assert {r.name: r.languages for r in DOC.repositories}["acme/api"] == "Python 82 %, Go 18 %"
    nameless = SubjectProfile(Subject.parse("repo:x"), "active", 3, 1.0, "", languages=(("C", 0),))
    assert document(replace(golden(), profiles=(nameless,)), {}).repositories[0].languages == ""


def test_unknown_answers_carry_reason_and_remedy() -> None:
    check = next(c for s in DOC.stages if s.number == 1 for p in s.practices for c in p.checks)
    assert (check.state, check.points, check.value) == ("unknown", "unknown", "")
    assert check.bar.points is None
    assert [(h.reason, h.closes) for h in check.holes] == [("access was refused", "grant Administration: read")]
    assert check.not_applicable[0].subjects == "acme/empty"


def test_changes_say_which_way() -> None:
    assert DOC.trend is not None
    assert [(c.delta, c.direction) for c in DOC.trend.checks] == [
        ("+22.5", "up"), ("−11.0", "down"), ("unknown", "unknown"),
    ]  # fmt: skip
    assert (DOC.trend.new_total, DOC.trend.fixed_total, DOC.trend.known) == (2, 1, 61)


def test_the_order_of_the_assessment_does_not_matter() -> None:
    whole = golden()
    turned = replace(
        whole,
        stages=whole.stages[::-1],
        findings=whole.findings[::-1],
        recommendations=whole.recommendations[::-1],
        risks=whole.risks[::-1],
        profiles=whole.profiles[::-1],
        questions=whole.questions[::-1],
        indicators=whole.indicators[::-1],
    )
    assert document(turned, catalogue()) == DOC


def test_nothing_known_makes_a_whole_document() -> None:
    nothing = document(bare(), {})
    assert (nothing.title, nothing.summary.score, nothing.summary.level) == ("x", "unknown", "not assessable")
    assert len(nothing.summary.unassessable) == len(Stage)
    assert nothing.trend is None
