from __future__ import annotations

from datetime import UTC, datetime, timedelta

from collectors.git.activity import branch_counts, months_between
from scanner.repository import Ref
from tests.builders import AS_OF


def test_every_month_is_there_across_the_turn_of_the_year() -> None:
    assert months_between(datetime(2025, 11, 30, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)) == (
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    )
    assert months_between(None, AS_OF) == ()


def test_a_branch_is_stale_after_90_days_unless_it_is_the_default_one() -> None:
    old, edge = AS_OF - timedelta(days=90, seconds=1), AS_OF - timedelta(days=90)
    refs = (
        Ref("refs/heads/main", "a", "a", old),
        Ref("refs/heads/old", "a", "a", old),
        Ref("refs/heads/edge", "a", "a", edge),
        Ref("refs/tags/v1", "a", "a", old),
    )
    assert branch_counts(refs, "main", AS_OF) == (3, 1)
