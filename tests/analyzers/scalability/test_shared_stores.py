from analyzers.scalability.shared_stores import shared_stores
from scanner.core.evidence import Across, Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.services import ServiceSurface
from tests.builders_checks_b import across, measured, repo
from tests.builders_services import SHOP, estate, plain_surface


def using(*stores: str, detail: str = "database:postgresql") -> ServiceSurface:
    return plain_surface(needs={"store": stores}, detail=detail)


def test_a_store_that_two_name_is_shared() -> None:
    outcome = measured(
        shared_stores(
            across(
                a=using("db.acme.io/shop"),
                b=using("db.acme.io/shop", "own.acme.io"),
                c=using("db.acme.io/other"),
                d=using("db"),
                e=plain_surface(),
            )
        )
    )
    assert outcome.value == 50, "a and b of the four that name a store"
    assert [(p.subject, p.message, p.path, p.line) for p in outcome.places] == [
        (repo("acme/a"), "uses the store db.acme.io/shop, as acme/b does", "config.yaml", 3)
    ]


def test_the_shop() -> None:
    outcome = measured(shared_stores(Across(estate(SHOP))))
    assert round(outcome.value, 6) == round(200 / 3, 6), (
        "orders and payments share; infra declares a store that nobody names"
    )


def test_bare_names_mean_a_store_of_ones_own() -> None:
    assert measured(shared_stores(across(a=using("db"), b=using("db"), c=using("db.svc")))).value == 0


def test_a_declared_database_looked_up_elsewhere_has_one_user() -> None:
    declared = plain_surface({"store": ("aws_db_instance:shop",)}, detail="database:aws_db_instance")
    assert measured(shared_stores(across(infra=declared, a=using("aws_db_instance:shop")))).value == 0
    assert (
        measured(
            shared_stores(across(infra=declared, a=using("aws_db_instance:shop"), b=using("aws_db_instance:shop")))
        ).sample
        == 3
    )


def test_brokers_are_there_to_be_shared() -> None:
    both = across(a=using("mq.acme.io", detail="queue:kafka"), b=using("mq.acme.io", detail="queue:kafka"))
    assert shared_stores(both) == NotApplicable("no repository names a data store")


def test_one_repository_or_no_store() -> None:
    assert isinstance(shared_stores(across(a=using("db.acme.io"))), NotApplicable)
    assert isinstance(shared_stores(across(a=plain_surface(), b=plain_surface())), NotApplicable)


def test_unreadable_files_make_it_unknown() -> None:
    broken = plain_surface(files=3, unread=3)
    assert isinstance(shared_stores(across(a=using("db.acme.io"), b=broken)), Unknown)
