import pytest

from analyzers.security.registry_retention import registry_retention
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.forge import RegistryRetention
from tests.builders_checks_b import measured, plain

IDLE = plain(Pipelines)
PACKING = plain(Pipelines, pipelines=(plain(Pipeline, steps=frozenset({"package"})),))


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({"cleans": True, "keep_n": 10}, 100),
        ({"cleans": True, "older_than_days": 90}, 100),
        ({"cleans": False, "keep_n": 10, "older_than_days": 90}, 0),  # declared, not switched on
        ({"cleans": True}, 0),  # runs, and removes nothing
    ],
)
def test_a_registry_in_use_is_judged_by_what_runs(told: dict[str, int], value: float) -> None:
    empty = {"keep_n": None, "older_than_days": None}
    for size, pipelines in ((5_000, IDLE), (0, PACKING), (None, PACKING)):
        retention = plain(RegistryRetention, **{**empty, "enabled": True, "size_bytes": size, **told})
        found = measured(registry_retention(retention, pipelines))
        assert found.value == value
        assert bool(found.places) is (value == 0)


def test_a_registry_that_is_off_or_unused_is_not_judged() -> None:
    off = plain(RegistryRetention, enabled=False, size_bytes=5_000)
    assert isinstance(registry_retention(off, PACKING), NotApplicable)
    assert isinstance(registry_retention(plain(RegistryRetention, enabled=True), IDLE), NotApplicable)


def test_pipelines_that_could_not_be_read_may_use_it() -> None:
    unread = plain(Pipelines, unparsed=((".gitlab-ci.yml", "broken"),))
    told = registry_retention(plain(RegistryRetention, enabled=True), unread)
    assert isinstance(told, Unknown)
    assert told.why is Why.UNPARSABLE
