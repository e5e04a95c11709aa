from analyzers.vendors.image_provenance import image_provenance
from scanner.core.outcomes import NotApplicable
from scanner.facts.infrastructure import BaseImage, Containers
from tests.builders_checks_b import measured, plain


def containers(*names: str) -> Containers:
    return plain(Containers, images=tuple(plain(BaseImage, image=n, line=i) for i, n in enumerate(names)))


def test_official_and_named_registries_are_chosen() -> None:
    outcome = measured(
        image_provenance(
            containers(
                "python", "python", "library/redis", "registry.example.com/base/app", "localhost:5000/x",
                "someone/postgres", "bob/tool", "bob/tool", "scratch", "$BASE",
            )
        )
    )  # fmt: skip
    assert outcome.value == 100 * 4 / 6
    assert [p.anchor for p in outcome.places] == ["someone/postgres", "bob/tool", "bob/tool"]


def test_no_images() -> None:
    assert isinstance(image_provenance(containers("scratch")), NotApplicable)
