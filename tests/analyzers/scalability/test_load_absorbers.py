from analyzers.scalability.load_absorbers import load_absorbers
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import infrastructure, measured, resource, toolkit, traits


def test_library_and_resource_of_one_kind_count_once() -> None:
    declared = infrastructure(resource("database"), resource("cache"), resource("cdn"))
    assert measured(load_absorbers(traits(), declared, toolkit(cache=("redis",)))) == 2
    assert measured(load_absorbers(traits(migrations=("m/1.sql",)), infrastructure(), toolkit())) == 0


def test_without_database_or_deployment_it_is_not_asked() -> None:
    assert isinstance(load_absorbers(traits(), infrastructure(), toolkit(queue=("celery",))), NotApplicable)
    stored = infrastructure(resource("database"))
    assert isinstance(load_absorbers(traits(deployable=False), stored, toolkit()), NotApplicable)
