import pytest

from analyzers.security.pinned_images import pinned_images
from scanner.core.outcomes import NotApplicable
from scanner.facts.infrastructure import BaseImage, Containers
from tests.builders_checks_b import measured, plain


def containers(*images: tuple[str, str, str]) -> Containers:
    return plain(Containers, images=tuple(BaseImage(n, t, d, "Dockerfile", k) for k, (n, t, d) in enumerate(images)))


def test_digest_tag_and_moving_target() -> None:
    images = (
        ("python", "3.13-slim", ""), ("python", "3.13-slim", ""), ("node", "", "sha256:ab"),
        ("nginx", "", ""), ("redis", "latest", ""), ("scratch", "", ""), ("base", "$TAG", ""),
    )  # fmt: skip
    outcome = measured(pinned_images(containers(*images)))
    assert outcome.value == pytest.approx(40), "(0.6 + 1 + 0 + 0) of four distinct images"
    assert [p.message.rpartition(" at ")[2] for p in outcome.places] == ["whatever is newest", "latest"]
    assert outcome.because == "of 4 images, named by digest: 1, by version tag: 1"


def test_nothing_to_pin() -> None:
    assert isinstance(pinned_images(containers(("scratch", "", ""))), NotApplicable)
