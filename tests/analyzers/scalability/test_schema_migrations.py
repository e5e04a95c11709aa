from analyzers.scalability.schema_migrations import schema_migrations
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_c import infrastructure, measured, resource, toolkit, traits

NO_VENDORS = Vendors(())
DRIVER = Vendors((VendorUse("PostgreSQL", "database", "sdk", "psycopg", "pyproject.toml", 1),))


def test_files_beat_a_library_and_a_library_beats_nothing() -> None:
    found = traits(migrations=("migrations/0001.sql",))
    assert measured(schema_migrations(found, infrastructure(), NO_VENDORS, toolkit())) == 100
    assert measured(schema_migrations(traits(), infrastructure(), DRIVER, toolkit(migration=("alembic",)))) == 50
    assert measured(schema_migrations(traits(), infrastructure(), DRIVER, toolkit())) == 0
    assert measured(schema_migrations(traits(), infrastructure(resource("database")), NO_VENDORS, toolkit())) == 0


def test_no_database_and_no_deployment_are_not_asked() -> None:
    assert isinstance(schema_migrations(traits(), infrastructure(), NO_VENDORS, toolkit()), NotApplicable)
    assert isinstance(schema_migrations(traits(deployable=False), infrastructure(), DRIVER, toolkit()), NotApplicable)
