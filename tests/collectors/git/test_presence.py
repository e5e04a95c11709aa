from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from collectors.git.presence import Attendance, Efforts
from collectors.git.quarters import Quarters
from tests.builders import AS_OF
from tests.builders_people import QUARTERS, Pass


def test_quarters_are_those_of_the_calendar_in_utc() -> None:
    quarters = Quarters(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))), 3)
    assert quarters.names == ("2025-Q2", "2025-Q3", "2025-Q4")  # it is 31 December, 23:00 in UTC
    assert quarters.start == int(datetime(2025, 4, 1, tzinfo=UTC).timestamp())
    for moment, number in [
        ("2025-04-01T00:00", 0),
        ("2025-06-30T23:59", 0),
        ("2025-07-01T00:00", 1),
        ("2025-12-31T23:00", 2),
    ]:
        assert quarters.at(int(datetime.fromisoformat(f"{moment}+00:00").timestamp())) == number


def test_people_by_quarter() -> None:
    told = Pass("a.py")
    counts = Attendance(AS_OF)
    for at, by in [
        ("2026-06-01", "ann"), ("2026-04-01", "ann"), ("2026-03-31", "ann"), ("2023-07-01", "bob"), ("2023-06-30", "bob"),
        ("2026-05-01", "dependabot[bot]"), ("2023-01-01", "zoe"),
    ]:  # fmt: skip
        counts.add(told.seen(0, by, "a.py", at=datetime.fromisoformat(f"{at}T00:00+00:00")))
    fact = counts.result(told.identities, str)
    assert fact.quarters == QUARTERS
    assert [(p.person, p.commits) for p in fact.people] == [
        ("mail:ann@acme.io", (0,) * 10 + (1, 2)),
        ("mail:bob@acme.io", (1,) + (0,) * 11),
    ]


def test_kinds_by_quarter() -> None:
    told = Pass("a.py")
    counts = Efforts(AS_OF)
    for at, subject in [
        ("2026-06-01", "feat: add a thing"), ("2026-05-01", "fix: mend a thing"), ("2026-05-02", "fix: mend another"),
        ("2026-04-02", "Xyzzy the plugh"), ("2024-04-01", "feat: the first of nine quarters"), ("2024-03-31", "feat: too old"),
    ]:  # fmt: skip
        counts.add(told.seen(0, "ann", "a.py", subject=subject, at=datetime.fromisoformat(f"{at}T00:00+00:00")))
    quarters = counts.result().quarters
    assert (quarters[0].quarter, quarters[0].commits, quarters[0].kinds) == ("2024-Q2", 1, (("feature", 1),))
    assert (quarters[-1].quarter, quarters[-1].commits) == ("2026-Q2", 4)
    assert quarters[-1].kinds == (("feature", 1), ("fix", 2))
    assert [q.commits for q in quarters[1:-1]] == [0] * 7


def test_merges_are_nobodys_work() -> None:
    told = Pass("a.py")
    attendance, efforts = Attendance(AS_OF), Efforts(AS_OF)
    seen = told.seen(1, "ann", "a.py", subject="feat: x", merge=True)
    attendance.add(seen)
    efforts.add(seen)
    assert attendance.result(told.identities, str).people == ()
    assert efforts.result().quarters[-1].commits == 0
