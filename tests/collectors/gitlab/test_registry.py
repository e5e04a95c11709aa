import pytest

from collectors.gitlab.registry import COLLECTOR, parse
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import RegistryRetention
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, asking, node


def test_the_policy_is_read_from_the_projects_record() -> None:
    with asking() as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == [f"GET {PROJECT}"]
    assert item.content == RegistryRetention(
        enabled=True, cleans=True, cadence="1month", keep_n=5, older_than_days=14, size_bytes=9000
    )


def test_a_policy_without_bounds_has_none() -> None:
    policy = {"enabled": True, "cadence": "1d", "keep_n": None, "older_than": None}
    found = parse(node(**PROJECT_RECORD | {"container_expiration_policy": policy, "statistics": None}))
    assert (found.keep_n, found.older_than_days, found.size_bytes) == (None, None, None)


@pytest.mark.parametrize(
    ("told", "on"),
    [
        ({"container_registry_access_level": "disabled"}, False),
        ({"container_registry_access_level": "private"}, True),
        ({"container_registry_access_level": "enabled", "container_registry_enabled": False}, True),
        ({"container_registry_access_level": None, "container_registry_enabled": False}, False),
        ({"container_registry_access_level": None, "container_registry_enabled": True}, True),
    ],
)
def test_whether_there_is_a_registry(told: dict[str, object], *, on: bool) -> None:
    assert parse(node(**PROJECT_RECORD | told)).enabled is on


@pytest.mark.parametrize("hidden", ["container_registry_access_level", "container_expiration_policy"])
def test_what_the_record_does_not_show_is_a_hole_not_a_missing_policy(hidden: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(node(**{key: value for key, value in PROJECT_RECORD.items() if key != hidden}))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
    assert hidden in caught.value.hole.detail
    assert caught.value.hole.closes
