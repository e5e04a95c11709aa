from datetime import timedelta

import pytest

from scanner.core.assessment import Assessment, Finding, Status
from scanner.core.outcomes import Certainty, Indicator, Severity
from scanner.core.stages import Stage
from scoring.assess import Waived, assess
from tests.builders_scoring import (
    API,
    AS_OF,
    HOLE,
    ORG,
    WEB,
    Persons,
    answer,
    evidence,
    gate,
    inputs,
    measured,
    place,
    profile,
    spec,
)  # fmt: skip

SEC = spec("SEC-906", Stage.SECURITY, "secrets", weight=2.0)


def found(
    *indicators: Indicator, specs: tuple = (SEC,), previous: Assessment | None = None, **given: object
) -> tuple[Finding, ...]:
    return assess(inputs(specs, indicators, **given), previous).findings


def one(*places: object, **given: object) -> tuple[Finding, ...]:
    return found(answer(SEC.id, API, measured(50, places=places)), **given)


def test_a_moved_line_and_a_changed_count_keep_the_fingerprint() -> None:
    (before,) = one(place("key of 40 characters", path="a.py", line=3))
    (after,) = one(place("key of 41 characters", path="a.py", line=90))
    assert before.fingerprint == after.fingerprint
    assert len(before.fingerprint) == 16


@pytest.mark.parametrize("other", [{"path": "b.py"}, {"rule": "x"}, {"anchor": "g"}])
def test_another_place_is_another_finding(other: dict[str, str]) -> None:
    same = {"path": "a.py", "rule": "r", "anchor": "f"}
    (before,), (after,) = one(place(**same)), one(place(**(same | other)))
    assert before.fingerprint != after.fingerprint


def test_an_anchor_counts_before_the_message() -> None:
    assert one(place("this", anchor="f"))[0].fingerprint == one(place("that", anchor="f"))[0].fingerprint


def test_twins_are_told_apart_in_the_order_of_their_lines_whatever_order_they_came_in() -> None:
    twins = [place("key", path="a.py", line=n) for n in (30, 10, 20)]
    forward, backward = one(*twins), one(*reversed(twins))
    assert forward == backward
    assert len({f.fingerprint for f in forward}) == 3
    (alone,) = one(twins[1])
    assert {f.line: f.fingerprint for f in forward}[10] == alone.fingerprint


def test_a_low_figure_without_places_is_one_finding_that_outlives_its_numbers() -> None:
    (low,) = found(answer(SEC.id, API, measured(5, because="5 of 100")))
    assert (low.rule, low.subject, low.path, low.severity, low.message) == (SEC.id, API, "", Severity.HIGH, "5 of 100")
    (still,) = found(answer(SEC.id, API, measured(15, because="only fifteen of 100", certainty=0.5)))
    assert still.fingerprint == low.fingerprint
    assert (still.severity, still.confidence) == (Severity.MEDIUM, Certainty.MEDIUM)
    assert found(answer(SEC.id, API, 40.0)) == ()
    assert found(answer(SEC.id, API, HOLE)) == ()


def test_a_low_figure_alone_never_trips_a_gate() -> None:
    gated = spec("SEC-906", Stage.SECURITY, "secrets", weight=2.0, gate=gate(Severity.HIGH))
    (low,) = found(answer(SEC.id, API, 0.0), specs=(gated,))
    assert low.severity is Severity.MEDIUM


def test_evidence_is_the_repositorys_own_and_the_estates() -> None:
    read = (
        evidence(WEB, digest="w"), evidence(API, Persons, digest="p", commit="c0ffee"), evidence(API, digest="a"),
        evidence(ORG, digest="o"), evidence(API, content=HOLE),
    )  # fmt: skip
    (finding,) = found(answer(SEC.id, ORG, measured(50, places=(place(subject=API),)), evidence=read))
    assert [(e.subject, e.fact, e.digest) for e in finding.evidence] == [
        (API, "Persons", ""),  # its digest depends on the user's key
        (API, "Seen", "a"),
        (ORG, "Seen", "o"),
    ]
    assert finding.commit == "c0ffee"
    (estate,) = found(answer(SEC.id, ORG, measured(50, places=(place(),)), evidence=read))
    assert [e.subject for e in estate.evidence] == [ORG, API, API, WEB]


def test_at_most_five_references() -> None:
    read = tuple(evidence(API, source=str(n)) for n in range(9))
    (finding,) = found(answer(SEC.id, API, measured(50, places=(place(),)), evidence=read))
    assert [e.source for e in finding.evidence] == ["0", "1", "2", "3", "4"]


def test_the_head_stands_in_for_a_commit_that_no_evidence_names() -> None:
    (finding,) = one(place(), profiles=(profile(API, head="abc"),))
    assert finding.commit == "abc"
    assert one(place(commit="def"), profiles=(profile(API, head="abc"),))[0].commit == "def"


def test_known_from_the_previous_scan_else_new() -> None:
    answers = (answer(SEC.id, API, measured(50, places=(place(path="a.py"),))),)
    previous = assess(inputs((SEC,), answers))
    assert [f.status for f in previous.findings] == [Status.NEW]
    more = answer(SEC.id, API, measured(50, places=(place(path="a.py", line=8), place(path="b.py"))))
    assert [(f.path, f.status) for f in found(more, previous=previous)] == [
        ("a.py", Status.KNOWN),
        ("b.py", Status.NEW),
    ]


def test_a_waiver_holds_through_its_last_day() -> None:
    (open_finding,) = one(place())

    def status(expires_in: int) -> Finding:
        waiver = Waived(open_finding.fingerprint, "test key", "ann", AS_OF + timedelta(days=expires_in))
        return one(place(), waivers=(waiver,))[0]

    assert (status(0).status, status(-1).status) == (Status.WAIVED, Status.NEW)
    assert status(0).waiver == "test key (accepted by ann until 2026-06-30)"
    assert status(-1).waiver == ""


def test_the_worst_come_first() -> None:
    pro = spec("PRO-901")
    order = found(
        answer(
            SEC.id, WEB, measured(50, places=(place(path="z"), place(path="b", line=2), place("c", Severity.CRITICAL)))
        ),
        answer(SEC.id, API, measured(50, places=(place(path="z"),))),
        answer(pro.id, API, measured(50, places=(place(path="z"),))),
        specs=(SEC, pro),
    )
    assert [(f.check, f.subject.name, f.path) for f in order] == [
        ("SEC-906", "acme/web", ""), ("PRO-901", "acme/api", "z"), ("SEC-906", "acme/api", "z"),
        ("SEC-906", "acme/web", "b"), ("SEC-906", "acme/web", "z"),
    ]  # fmt: skip


def test_line_0_is_no_line() -> None:
    (finding,) = one(place("odd", path="pom.xml", line=0))
    assert finding.line is None
