from analyzers.team.departure_loss import departure_loss
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, activity, change, changes, measured, tree


def test_the_worst_one_person_over_all_repositories() -> None:
    history = across(
        a=changes(change("1.py", "ann"), change("2.py", "bob"), change("3.py", "ann", 0.5), change("v.js", "ann")),
        b=changes(change("4.py", "ann", 0.6), change("5.py", "bob", 0.4)),
    )
    trees = across(a=tree("1.py", "2.py", "3.py", vendored=("v.js",)), b=tree("4.py", "5.py"))
    outcome = measured(departure_loss(history, across(a=activity(), b=activity()), trees))
    assert (outcome.value, outcome.sample) == (40, 5)
    assert "ann" not in outcome.because


def test_nothing_in_work_does_not_apply_and_disjoint_facts_are_unknown() -> None:
    assert isinstance(departure_loss(across(a=changes()), across(a=activity()), across(a=tree("1.py"))), NotApplicable)
    assert isinstance(
        departure_loss(across(a=changes(change("1.py"))), across(a=activity()), across(b=tree("1.py"))), Unknown
    )


def test_a_repository_whose_activity_is_unknown_is_left_out() -> None:
    """A shallow clone has known but empty changes: it must not pass for a repository in which nothing was changed."""
    history = across(a=changes(), b=changes(change("1.py"), change("2.py", share=0.5)))
    trees = across(a=tree("0.py"), b=tree("1.py", "2.py"))
    assert isinstance(departure_loss(across(a=changes()), across(b=activity()), across(a=tree("0.py"))), Unknown)
    assert measured(departure_loss(history, across(b=activity()), trees)).value == 50
