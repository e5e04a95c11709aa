"""Whether images come from publishers that someone chose."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Containers


@check(
    CheckSpec(
        id="VEN-010",
        stage=Stage.VENDORS,
        practice="upstream",
        question="Do the container images come from official publishers or a named registry?",
        rationale="An image of an unknown account on a public registry runs unknown code with the product's rights.",
        scale=Scale(
            "% of images",
            ((0, 10), (50, 45), (80, 75), (100, 100)),
            (ours("an account's name on the default registry proves nothing; a registry that is named was chosen"),),
        ),
        remedy="Replace the listed images by official ones, or build them yourself in a registry of your own.",
        effort=Effort(0.25, each=0.5, per="finding"),
    )
)
def image_provenance(containers: Containers) -> Outcome:
    """Share (0 to 100 %) of distinct images without an account in their name, or with a registry's host; a proxy."""
    named = [i for i in containers.images if i.image != "scratch" and "$" not in i.image]
    if not named:
        return NotApplicable("no container image is named")
    images = {i.image for i in named}
    unknown = {name for name in images if not _chosen(name)}
    places = tuple(
        Place(
            f"image {i.image} comes from an account on the default registry",
            Severity.LOW,
            path=i.path,
            line=i.line,
            anchor=i.image,
            certainty=Certainty.MEDIUM,
        )
        for i in sorted(named, key=lambda i: (i.path, i.line, i.image))
        if i.image in unknown
    )
    because = (
        f"{len(images) - len(unknown)} of {len(images)} images are official or from a named registry (told by name)"
    )
    return Measured(
        percent(len(images) - len(unknown), len(images)),
        because,
        sample=len(images),
        basis=Basis.INFERRED,
        places=places[:200],
        certainty=0.7,
    )


def _chosen(image: str) -> bool:
    first, slash, _ = image.partition("/")
    return not slash or first in ("library", "localhost") or "." in first or ":" in first
