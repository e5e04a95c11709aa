import random

import pytest

from analyzers.service_map import service_map, shareable
from scanner.core.outcomes import Certainty
from scanner.core.service_map import Ambiguity, Dependence, Sighting
from scanner.core.subjects import Subject
from scanner.facts.services import LinkKind, ServiceSurface
from tests.builders_checks_b import repo
from tests.builders_services import SHOP, estate, plain_surface

LOW, MEDIUM, HIGH = Certainty.LOW, Certainty.MEDIUM, Certainty.HIGH


def named(name: str) -> Subject:
    return repo(f"acme/{name}")


def joined(**surfaces: ServiceSurface) -> list[tuple[str, str, str, str, Certainty]]:
    drawn = service_map({named(n): s for n, s in surfaces.items()})
    return [(e.source.name[5:], e.target.name[5:], e.kind, e.name, e.certainty) for e in drawn.edges]


def test_an_estate_of_five_repositories() -> None:
    drawn = service_map(estate(SHOP))
    assert [(e.source.name[5:], e.target.name[5:], e.kind, e.name, e.certainty) for e in drawn.edges] == [
        ("gateway", "orders", "proto", "acme/orders/v1/orders.proto", HIGH),
        ("orders", "infra", "channel", "orders.created", MEDIUM),
        ("orders", "payments", "service", "payments.shop.svc", HIGH),
        ("payments", "orders", "package", "npm:@acme/orders-client", HIGH),
        ("web", "gateway", "host", "api.acme.io", HIGH),
        ("web", "orders", "repository", "orders", MEDIUM),
        ("web", "orders", "variable", "orders", LOW),
    ]
    assert drawn.edges[2] == Dependence(
        named("orders"), named("payments"), "service", "payments.shop.svc", HIGH,
        Sighting("k8s/orders.yaml", 17), Sighting("deploy/payments.yaml", 3),
    )  # fmt: skip
    assert [(r.kind, r.name, r.detail, [s.name for s, _ in r.users]) for r in drawn.resources] == [
        ("channel", "orders.created", "", ["acme/orders"]),
        ("host", "api.stripe.com", "", ["acme/payments"]),
        ("store", "db.acme.internal/shop", "database:postgresql", ["acme/orders", "acme/payments"]),
    ]
    assert drawn.resources[0].owners == (named("infra"),)
    assert [s.name[5:] for s in drawn.services] == ["gateway", "orders", "payments", "web"]
    assert drawn.ambiguous == ()
    assert drawn.unresolved == (("host", 1), ("package", 1), ("store", 2))
    assert drawn.pairs("variable") == ()


EXACT: list[tuple[LinkKind, str, str, Certainty]] = [
    ("package", "npm:@acme/ui", "npm:@acme/ui", HIGH), ("image", "ghcr.io/acme/api", "ghcr.io/acme/api", HIGH), ("image", "api", "api", MEDIUM),
    ("chart", "common", "common", MEDIUM), ("proto", "proto/acme/a.proto", "acme/a.proto", HIGH), ("proto", "a.proto", "a.proto", HIGH),
    ("state", "s3:b/k", "s3:b/k", HIGH), ("host", "api.acme.io", "api.acme.io", HIGH), ("service", "a.shop.svc", "a.shop.svc", HIGH),
    ("service", "a.svc", "a.shop.svc", MEDIUM), ("service", "a.shop.svc", "a.svc", MEDIUM), ("service", "a.net.network", "a.net.network", HIGH),
    ("channel", "paid", "paid", MEDIUM), ("store", "aws_db_instance:shop", "aws_db_instance:shop", HIGH),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "offered", "asked", "certainty"), EXACT)
def test_a_name_that_one_other_offers_is_joined(kind: LinkKind, offered: str, asked: str, certainty: Certainty) -> None:
    a, b = plain_surface(needs={kind: (asked,)}), plain_surface(offers={kind: (offered,)})
    assert joined(a=a, b=b) == [("a", "b", kind, asked, certainty)]
    again = plain_surface(offers={kind: (offered,)})
    drawn = service_map({named("a"): a, named("b"): b, named("c"): again})
    assert drawn.edges == ()
    assert drawn.ambiguous == (Ambiguity(named("a"), kind, asked, (named("b"), named("c"))),)
    own = ServiceSurface(again.offers, a.needs, 1, ())
    assert service_map({named("a"): own, named("b"): b}).edges == (), (
        "what a repository offers itself is its own affair"
    )


DIFFERENT: list[tuple[LinkKind, str, str]] = [
    ("package", "npm:ui", "PyPI:ui"), ("proto", "x/ya.proto", "a.proto"), ("service", "a.shop.svc", "a.billing.svc"),
    ("service", "a.one.network", "a.two.network"), ("host", "api.acme.io", "acme.io"), ("store", "db", "db"), ("store", "db.svc", "db.svc"),
    ("image", "ghcr.io/acme/api", "docker.acme.io/acme/api"), ("local-service", "db", "db"), ("workload", "api", "api"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "offered", "asked"), DIFFERENT)
def test_names_that_may_mean_different_things_are_not_joined(kind: LinkKind, offered: str, asked: str) -> None:
    assert joined(a=plain_surface(needs={kind: (asked,)}), b=plain_surface(offers={kind: (offered,)})) == []


@pytest.mark.parametrize(
    ("asked", "certainty"),
    [("acme/b", HIGH), ("b", MEDIUM), ("other/b", None), ("acme/c", None), ("acme/a", None), ("a", None)],
)
def test_repositories_by_name(asked: str, certainty: Certainty | None) -> None:
    found = joined(a=plain_surface(needs={"repository": (asked,)}), b=plain_surface())
    assert found == ([("a", "b", "repository", asked, certainty)] if certainty else [])


@pytest.mark.parametrize(
    ("image", "certainty"),
    [
        ("ghcr.io/acme/b", MEDIUM),
        ("acme/b", MEDIUM),
        ("docker.io/other/b", LOW),
        ("b", None),
        ("acme/c", None),
        ("ghcr.io/acme/b/worker", None),
    ],
)
def test_an_image_that_nobody_publishes_by_its_namesake(image: str, certainty: Certainty | None) -> None:
    a, b = plain_surface(needs={"image": (image,)}), plain_surface()
    assert joined(a=a, b=b) == ([("a", "b", "image", image, certainty)] if certainty else [])
    published = plain_surface(offers={"image": (image,)})
    assert [e[1] for e in joined(a=a, b=b, d=published)] == ["d"], "who publishes it goes before who is called like it"


def test_a_host_of_two_labels_is_a_cluster_name_too() -> None:
    a, b = plain_surface(needs={"host": ("orders.shop",)}), plain_surface(offers={"service": ("orders.shop.svc",)})
    assert joined(a=a, b=b) == [("a", "b", "host", "orders.shop", MEDIUM)]
    assert service_map({named("a"): a, named("b"): b}).resources == (), "a service of the estate is no stranger's host"


def test_two_clusters_with_a_store_of_one_name_share_nothing() -> None:
    own = ServiceSurface(
        plain_surface(offers={"service": ("pg.shop.svc",)}).offers,
        plain_surface(needs={"store": ("pg.shop.svc/x",)}, detail="database").needs, 1, (),
    )  # fmt: skip
    assert service_map({named("a"): own, named("b"): own}).resources == ()
    other = plain_surface(needs={"store": ("pg.shop.svc/x",)}, detail="database")
    [store] = service_map({named("a"): own, named("b"): other}).resources
    assert [s.name for s, _ in store.users] == ["acme/a", "acme/b"]
    assert store.owners == (named("a"),)


@pytest.mark.parametrize(
    ("name", "shared"),
    [("db", False), ("db/shop", False), ("db.svc", False), ("db.svc/shop", False), ("db.shop.svc", True), ("db.acme.io/shop", True),
     ("db.net.network", True), ("aws_db_instance:x", True)],
)  # fmt: skip
def test_which_stores_mean_the_same_everywhere(name: str, shared: bool) -> None:
    assert shareable(name) is shared


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    surfaces = list(estate(SHOP).items())
    expected = service_map(dict(surfaces))
    for seed in range(5):
        random.Random(seed).shuffle(surfaces)
        assert service_map(dict(surfaces)) == expected
