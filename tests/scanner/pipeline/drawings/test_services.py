from dataclasses import replace

from scanner.core.evidence import Across, Unknown, Why
from scanner.core.outcomes import Certainty
from scanner.core.service_drawing import ServiceDrawing, Tie
from scanner.core.subjects import Kind, Subject
from scanner.facts.services import ServiceSurface
from scanner.pipeline.drawings.services import SERVICES, TIES, service_drawing
from tests.builders_services import SECRETS, SHOP, estate, plain_surface, surface_of


def named(name: str) -> Subject:
    return Subject(Kind.REPO, f"acme/{name}")


def drawn(surfaces: dict[Subject, ServiceSurface]) -> ServiceDrawing:
    made = service_drawing(Across(surfaces))
    assert isinstance(made, ServiceDrawing)
    return made


def short(ties: tuple[Tie, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(t.source.name[5:], t.asker, t.target.name[5:] if t.target else "?", t.asked, t.kind) for t in ties]


def test_an_estate_of_five_repositories_down_to_its_services() -> None:
    made = drawn(estate(SHOP))
    assert short(made.ties) == [
        ("gateway", "", "orders", "", "proto"),
        ("orders", "orders", "infra", "orders.created", "queue"),
        ("orders", "orders", "payments", "payments", "call"),
        ("payments", "", "orders", "", "package"),
        ("web", "", "gateway", "api.acme.io", "call"),
        ("web", "", "orders", "", "call"),
        ("web", "orders", "orders", "", "other"),
        ("orders", "api", "orders", "db", "database"),
        ("orders", "orders", "?", "db.acme.internal/shop", "database"),
        ("payments", "payments", "?", "api.stripe.com", "call"),
        ("payments", "payments", "?", "db.acme.internal/shop", "database"),
    ]
    by_name = {(t.source.name, t.asked): t for t in made.ties}
    assert (by_name["acme/orders", "payments"].path, by_name["acme/orders", "payments"].line) == ("k8s/orders.yaml", 17)
    assert [t.certainty for t in made.ties if t.name == "orders"] == [Certainty.LOW, Certainty.MEDIUM]
    assert made.ties_total == len(made.ties)


def test_no_secret_of_a_file_gets_into_the_map() -> None:
    told = repr(drawn(estate(SHOP)))
    assert not [secret for secret in SECRETS if secret in told]


COMPOSE = """\
services:
  front:
    image: nginx
    depends_on: [orders]
  orders:
    build: .
    environment:
      DATABASE_URL: postgres://u:p@db:5432/x
      QUEUE_URL: amqp://mq:5672
  db:
    image: postgres:16
  mq:
    image: rabbitmq:3
"""


def test_who_asks_is_the_service_in_whose_block_the_name_stands() -> None:
    made = drawn({named("api"): surface_of({"compose.yaml": COMPOSE})})
    assert short(made.ties) == [
        ("api", "front", "api", "orders", "call"),
        ("api", "orders", "api", "db", "database"),
        ("api", "orders", "api", "mq", "queue"),
        ("api", "front", "?", "nginx", "image"),
    ]
    (held,) = made.repositories
    assert [(s.name, s.form) for s in held.services] == [
        ("db", "database"), ("front", "service"), ("mq", "queue"), ("orders", "service"),
    ]  # fmt: skip


def test_base_images_and_packages_are_counted_and_not_named() -> None:
    files = {"Dockerfile": "FROM acme.io/base:1\n", "package.json": '{"dependencies": {"left-pad": "1.0.0"}}'}
    made = drawn({named("api"): surface_of(files)})
    assert (made.ties, made.outside) == ((), ())
    assert dict(made.unresolved) == {"image": 1, "package": 1}


def test_a_name_that_several_offer_is_not_joined_and_names_them() -> None:
    offer = plain_surface(offers={"host": ("api.acme.io",)})
    made = drawn({named("a"): plain_surface(needs={"host": ("api.acme.io",)}), named("b"): offer, named("c"): offer})
    assert short(made.ties) == [("a", "", "?", "api.acme.io", "call")]
    assert made.outside[0].several == (named("b"), named("c"))


def test_a_setting_without_address_is_said_to_be_one() -> None:
    made = drawn({named("a"): plain_surface(needs={"variable": ("billing",)}), named("b"): plain_surface()})
    assert [(o.name, o.kind, o.detail) for o in made.outside] == [
        ("billing", "call", "a setting that holds no address")
    ]


def test_four_hundred_services_are_bounded_and_counted_with_those_that_are_tied_first() -> None:
    many = plain_surface(offers={"workload": tuple(f"w{n:03}" for n in range(400))})
    asking = plain_surface(needs={"service": ("w399.shop.svc",)})
    tied = replace(many, offers=(*many.offers, *plain_surface(offers={"service": ("w399.shop.svc",)}).offers))
    made = drawn({named("a"): asking, named("b"): tied})
    held = made.repositories[1]
    assert (len(held.services), held.total) == (SERVICES, 400)
    assert "w399" in [s.name for s in held.services]
    assert made.ties[0].asked == "w399"
    lots = {named(f"r{n:03}"): plain_surface(needs={"host": (f"h{n}.acme.io", f"i{n}.acme.io")}) for n in range(400)}
    cut = drawn(lots)
    assert (len(cut.ties), cut.ties_total, len(cut.outside), cut.outside_total) == (TIES, 800, 100, 800)


def test_nothing_read_unreadable_and_partly_read() -> None:
    hole = Unknown(Why.FORBIDDEN, "403")
    assert service_drawing(Across({}, {named("a"): hole})) == hole
    broken = service_drawing(Across({named("a"): plain_surface(files=3, unread=2)}))
    assert isinstance(broken, Unknown)
    assert broken.why is Why.UNPARSABLE
    partly = service_drawing(Across({named("a"): plain_surface(files=4, unread=1)}, {named("b"): hole}))
    assert isinstance(partly, ServiceDrawing)
    assert (partly.unread, partly.files, partly.unparsed) == ((named("b"),), 4, 1)
