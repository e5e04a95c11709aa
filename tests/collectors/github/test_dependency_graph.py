import pytest

from collectors.github.dependency_graph import COLLECTOR, parse
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import DependencyGraph
from tests.builders_github import API, asking, collected, data, node


def package(*references: tuple[str, str]) -> dict[str, object]:
    return {"externalRefs": [{"referenceType": kind, "referenceLocator": url} for kind, url in references]}


def test_packages_are_counted_by_type_without_the_repository_itself() -> None:
    content = collected(COLLECTOR)["DependencyGraph"].content
    assert content == DependencyGraph((("githubactions", 2), ("pypi", 3)), API.pushed_at)


def test_only_package_urls_count() -> None:
    rows = [
        package(("cpe23Type", "cpe:2.3:a:x:x"), ("purl", "pkg:npm/%40types/node@20")),
        package(("purl", "pkg:github/Acme/API@main")), package(("purl", "pkg:github/acme/api-client@main")),
        package(("purl", "not a package")), {}, {"externalRefs": None},
    ]  # fmt: skip
    answer = node(sbom={"creationInfo": {"created": None}, "packages": rows})
    assert parse(answer, "acme/api") == DependencyGraph((("github", 1), ("npm", 1)), None)


def test_only_an_administrators_404_means_that_it_is_switched_off() -> None:
    assert collected(COLLECTOR, data(packages=()))["DependencyGraph"].content == DependencyGraph((), None)
    with asking(data(packages=(), admin=False)) as (ask, _), pytest.raises(Unreadable) as caught:
        list(COLLECTOR.collect(ask))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
