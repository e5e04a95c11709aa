from analyzers.experience.defect_resolution import defect_resolution
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import issue, issues


def test_open_defects_count_and_young_or_other_ones_do_not() -> None:
    each = (
        issue(100, 70, "kind/bug"),
        issue(100, 69, "Bug"),
        issue(200, None, "type: defect"),
        issue(300, 299, "regression"),
        issue(29, 28, "bug"),
        issue(400, 399, "bug"),
        issue(100, 99, "debug-tools"),
        issue(100, 99, "bug", bot=True),
    )
    outcome = defect_resolution(issues(*each))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4)


def test_unlabelled_issues_leave_it_unknown() -> None:
    assert isinstance(defect_resolution(issues(issue(100, 90))), Unknown)


def test_nothing_reported_is_not_judged() -> None:
    assert isinstance(defect_resolution(issues()), NotApplicable)
    assert isinstance(defect_resolution(issues(issue(100, 90, "bug"), enabled=False)), NotApplicable)
