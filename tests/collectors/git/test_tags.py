from __future__ import annotations

from datetime import timedelta

import pytest

from collectors.git.tags import is_semantic, tags_of
from scanner.repository import Ref
from tests.builders import AS_OF


@pytest.mark.parametrize(
    "name",
    [
        "1.2.3",
        "v1.2.3",
        "v1.2.3-rc.1+5",
        "core/v1.2.3",
        "@acme/core@1.2.3",
        "release-1.0.0",
        "0.0.1",
        "tokio-util-0.7.18",
    ],
)
def test_semantic(name: str) -> None:
    assert is_semantic(name)


@pytest.mark.parametrize(
    "name", ["1.2", "v1", "nightly", "2026-01-02", "1.2.3.4", "01.2.3", "v1.2.x", "", "-1.2.3", "tokio-1.2"]
)
def test_not_semantic(name: str) -> None:
    assert not is_semantic(name)


def test_tags_come_oldest_first_and_none_after_as_of() -> None:
    day = timedelta(days=1)
    refs = (
        Ref("refs/heads/main", "a", "a", AS_OF),
        Ref("refs/tags/v2", "b", "b", AS_OF),
        Ref("refs/tags/v1", "b", "b", AS_OF - day),
        Ref("refs/tags/v3", "c", "c", AS_OF + day),
    )
    assert [(t.name, t.at) for t in tags_of(refs, AS_OF, {}).tags] == [("v1", AS_OF - day), ("v2", AS_OF)]
