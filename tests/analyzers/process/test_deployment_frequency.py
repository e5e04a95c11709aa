from datetime import timedelta
from typing import Any

import pytest

from analyzers.process.deployment_frequency import deployment_frequency
from scanner.core.outcomes import Basis, NotApplicable, Outcome
from scanner.facts.forge import Deployment, Deployments, Release, Releases
from scanner.facts.history import CommitActivity, Tag, Tags
from scanner.facts.infrastructure import RuntimeTraits
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def frequency(
    deployments: tuple[Deployment, ...] = (),
    *,
    releases: Any = (),
    tags: Any = (),
    commits: int = 9,
    deployable: bool = True,
) -> Outcome:
    return deployment_frequency(
        plain(Deployments, deployments=deployments),
        plain(Releases, releases=releases),
        plain(Tags, tags=tags),
        plain(CommitActivity, commits_90_days=commits, mainline_days_90_days=18),
        plain(RuntimeTraits, deployable=deployable),
    )


def deployment(days_ago: float, **given: Any) -> Deployment:
    return plain(Deployment, **({"production": True, "at": AS_OF - timedelta(days=days_ago)} | given))


def test_days_with_successful_production_deployments_only() -> None:
    made = (
        deployment(1), deployment(0.9), deployment(8), deployment(15, state="inactive"),
        deployment(2, state="failure"), deployment(3, production=False), deployment(91),
    )  # fmt: skip
    outcome = measured(frequency(made, releases=(plain(Release),)))
    assert outcome.value == pytest.approx(3 * 7 / 90)
    assert outcome.basis is Basis.MEASURED


def test_old_deployments_are_not_replaced_by_a_kinder_proxy() -> None:
    assert measured(frequency((deployment(200),), releases=(plain(Release),))).value == 0


def test_proxies_in_order_and_named() -> None:
    release, tag = plain(Release, at=AS_OF - timedelta(days=4)), Tag("v1", AS_OF - timedelta(days=5), True)
    by_release = measured(
        frequency(
            releases=(release, plain(Release), plain(Release, prerelease=True, at=AS_OF - timedelta(days=9))),
            tags=(tag, tag),
        )
    )
    by_tag = measured(frequency(tags=(tag, Tag("v0", AS_OF - timedelta(days=20), False))))
    by_mainline = measured(frequency(tags=(Tag("v0", AS_OF - timedelta(days=400), True),)))
    assert [round(o.value * 90 / 7) for o in (by_release, by_tag, by_mainline)] == [2, 2, 18]
    assert by_release.certainty > by_tag.certainty > by_mainline.certainty
    assert all("proxy" in o.because and o.basis is Basis.INFERRED for o in (by_release, by_tag, by_mainline))


def test_libraries_and_resting_services_are_not_asked() -> None:
    assert isinstance(frequency(deployable=False), NotApplicable)
    assert isinstance(frequency(commits=0), NotApplicable)
