from dataclasses import replace
from datetime import date

from scanner.core.assessment import Assessment, Status, TrendPoint
from scanner.core.evidence import Evidence
from scanner.core.outcomes import Indicator, Outcome
from scanner.core.stages import Stage
from scoring.assess import assess
from scoring.model import PLACES_LIMIT
from scoring.trend import compare, point
from tests.builders_scoring import API, HOLE, NOT_APPLICABLE, ORG, WEB, answer, evidence, inputs, measured, place, spec

PRO = spec("PRO-901")
TWO_PLACES = measured(50, places=(place(path="a.py"), place(path="b.py")))


def scan(*outcomes: Outcome | float) -> Assessment:
    """api alone has findings; web is steady."""
    answers = [answer(PRO.id, s, o) for s, o in zip((API, WEB), outcomes, strict=True)]
    return assess(inputs((PRO,), answers))


def test_what_is_new_fixed_and_known() -> None:
    present = measured(50, places=(place(path="b.py"), place(path="c.py")))
    trend = compare(scan(TWO_PLACES, 50.0), scan(present, 50.0))
    assert [f.path for f in trend.new] == ["c.py"]
    assert [(f.path, f.status) for f in trend.fixed] == [("a.py", Status.FIXED)]
    assert trend.known == 1


def test_what_another_check_still_sees_there_is_not_fixed() -> None:
    tree, past = spec("SEC-907", Stage.SECURITY, "secrets"), spec("SEC-908", Stage.SECURITY, "secrets")
    key = measured(50, places=(place(path="a.py", rule="secret:aws"), place(path="b.py", rule="secret:aws")))
    left = measured(50, places=(place(path="a.py", rule="secret:aws"),))

    def state(now: Outcome, history: Outcome) -> Assessment:
        return assess(inputs((tree, past), [answer(tree.id, API, now), answer(past.id, API, history)]))

    trend = compare(state(key, measured(90)), state(measured(90), left))
    assert [f.path for f in trend.fixed] == ["b.py"]
    assert [(f.check, f.path) for f in trend.new] == [("SEC-908", "a.py")]


def test_what_could_not_be_seen_is_not_fixed() -> None:
    for outcome in (HOLE, NOT_APPLICABLE):
        assert compare(scan(TWO_PLACES, 50.0), scan(outcome, 50.0)).fixed == ()
    assert compare(scan(TWO_PLACES, 50.0), assess(inputs((PRO,), ()))).fixed == ()


def test_a_full_list_proves_nothing_about_what_it_leaves_out() -> None:
    full = measured(50, places=tuple(place(path=f"{n}.py") for n in range(PLACES_LIMIT)))
    assert compare(scan(TWO_PLACES, 50.0), scan(full, 50.0)).fixed == ()


def test_a_waived_finding_does_not_become_fixed() -> None:
    before = scan(TWO_PLACES, 50.0)
    waived = replace(before, findings=tuple(replace(f, status=Status.WAIVED) for f in before.findings))
    assert compare(waived, scan(50.0, 50.0)).fixed == ()
    assert len(compare(before, scan(50.0, 50.0)).fixed) == 2


def test_an_estate_check_fixes_only_where_it_could_read() -> None:
    def estate(read: tuple[Evidence, ...], *places: object) -> Assessment:
        one: Indicator = answer(PRO.id, ORG, measured(50, places=places), evidence=read)
        return assess(inputs((PRO,), (one,)))

    before = estate((evidence(API), evidence(WEB)), place(subject=API), place(subject=WEB))
    after = estate((evidence(API), evidence(WEB, content=HOLE)))
    assert [f.subject for f in compare(before, after).fixed] == [API]


def test_changes_beyond_noise_only() -> None:
    trend = compare(scan(50.0, 50.0), scan(50.0, 53.0))  # 50 to 51.5: noise for both
    assert (trend.stages, trend.checks) == ((), ())
    trend = compare(scan(50.0, 50.0), scan(50.0, 56.0))  # 50 to 53: of note for a stage, noise for a check
    assert [(c.key, c.before, c.after, c.delta, c.note) for c in trend.stages] == [("process", 50, 53, 3, "")]
    assert trend.checks == ()
    trend = compare(scan(50.0, 50.0), scan(50.0, 60.0))
    assert [(c.key, c.delta) for c in trend.checks] == [("PRO-901", 5)]


def test_becoming_assessable_is_a_change_without_a_delta() -> None:
    trend = compare(scan(HOLE, HOLE), scan(50.0, 50.0))
    (stage,), (one,) = trend.stages, trend.checks
    assert (stage.before, stage.after, stage.delta, stage.note) == (None, 50, None, "now assessable")
    assert (one.before, one.after, one.note) == (None, 50, "unknown, now measured")
    (stage,) = compare(scan(50.0, 50.0), scan(HOLE, HOLE)).stages
    assert (stage.before, stage.after, stage.note) == (50, None, "no longer assessable")


def test_other_models_are_said_to_differ() -> None:
    old = replace(scan(50.0, 50.0), model_version="0.9.0")
    (change,) = compare(old, scan(90.0, 90.0)).stages
    assert change.note == "models 0.9.0 and 1.0.0 differ"


def test_a_point_holds_assessable_stages_and_history_runs_forward() -> None:
    now = scan(50.0, 50.0)
    stages = dict(point(now).stages)
    assert (stages[Stage.PROCESS.value], stages[Stage.GOALS.value], point(now).overall) == (50, None, 50)
    later, earlier = (TrendPoint(date(2026, m, 1), None, ()) for m in (5, 4))
    assert compare(now, now, (later, earlier)).history == (earlier, later)


def test_assess_compares_when_there_is_a_previous_scan() -> None:
    answers = (answer(PRO.id, API, 90.0), answer(PRO.id, WEB, 90.0))
    assert assess(inputs((PRO,), answers)).trend is None
    trend = assess(inputs((PRO,), answers), scan(50.0, 50.0)).trend
    assert trend is not None
    assert [c.delta for c in trend.stages] == [40]


def test_what_could_not_be_seen_before_is_not_new() -> None:
    present = scan(TWO_PLACES, 50.0)
    for outcome in (HOLE, measured(50, places=tuple(place(path=f"{n}.c") for n in range(PLACES_LIMIT)))):
        assert compare(scan(outcome, 50.0), present).new == ()
        assert compare(scan(outcome, 50.0), present).known == 2
    unread = assess(inputs((PRO,), (answer(PRO.id, API, TWO_PLACES),)), scan(HOLE, 50.0))
    assert {f.status for f in unread.findings} == {Status.KNOWN}


def test_what_was_looked_at_and_not_seen_before_is_new() -> None:
    for outcome in (50.0, NOT_APPLICABLE):
        after = assess(inputs((PRO,), (answer(PRO.id, API, TWO_PLACES),)), scan(outcome, 50.0))
        assert [f.status for f in after.findings] == [Status.NEW, Status.NEW]
        assert after.trend is not None
        assert (len(after.trend.new), after.trend.known) == (2, 0)


def test_everything_in_a_new_repository_is_new() -> None:
    before = assess(inputs((PRO,), (answer(PRO.id, WEB, 50.0),), {WEB: 1.0}))
    assert [f.path for f in compare(before, scan(TWO_PLACES, 50.0)).new] == ["a.py", "b.py"]
