"""What the container registry of a project forgets by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import RegistryRetention
from scanner.http.forge import ABSENT
from scanner.http.gitlab import DEVELOPER
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

_DAYS = re.compile(r"([0-9]{1,5})d")


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """No request beside the project's record."""
    source = ask.source
    source.expect_judged()
    yield found(parse(source.record()), source.label())


def parse(record: Node) -> RegistryRetention:
    """The registry and its policy; Unreadable where the record does not show them.

    https://docs.gitlab.com/user/packages/container_registry/reduce_container_registry_storage/
    """
    statistics = record.node_or_none("statistics")
    told = statistics is not None and statistics.has("container_registry_size")
    size = statistics.number("container_registry_size") if statistics and told else None
    if not _is_on(record):
        return RegistryRetention(
            enabled=False, cleans=False, cadence="", keep_n=None, older_than_days=None, size_bytes=size
        )
    policy = record.node_or_none("container_expiration_policy")
    if policy is None:
        raise _hidden(record, "container_expiration_policy")
    return RegistryRetention(
        enabled=True,
        cleans=policy.flag("enabled"),
        cadence=policy.text_or("cadence"),
        keep_n=policy.number("keep_n") if policy.has("keep_n") else None,
        older_than_days=_days(policy.text_or("older_than")),
        size_bytes=size,
    )


def _is_on(record: Node) -> bool:
    """Whether the registry is on, by its access level or, as older versions tell it, by a switch."""
    level = record.text_or("container_registry_access_level")
    if level:
        return level != "disabled"
    switch = record.flag_or_none("container_registry_enabled")
    if switch is None:
        raise _hidden(record, "container_registry_access_level")
    return switch


def _hidden(record: Node, field: str) -> Unreadable:
    return Unreadable(Why.AMBIGUOUS_404, f"{record.where}: no {field}", DEVELOPER.closes)


def _days(span: str) -> int | None:
    told = _DAYS.fullmatch(span)
    return int(told[1]) if told else None


COLLECTOR = Collector(
    name="gitlab-registry",
    version="1",
    source=GitlabProjectSource,
    provides=(RegistryRetention,),
    collect=collect,
    permissions=("read_api, held by a Developer",),
    absent=ABSENT,
)
