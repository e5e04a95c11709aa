from collectors.gitlab.dependency_graph import COLLECTOR
from scanner.facts.forge import DependencyGraph
from tests.builders_gitlab import asking


def test_packages_are_counted_by_the_type_of_their_package_url() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == DependencyGraph((("gem", 2), ("npm", 2)), None)
