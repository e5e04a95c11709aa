"""Whether the images that are built on can change unseen."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import BaseImage, Containers

TAGGED = 0.6


@check(
    CheckSpec(
        id="SEC-015",
        stage=Stage.SECURITY,
        practice="infrastructure",
        question="Are the container images that are used pinned to a version or digest?",
        rationale="An image without a fixed version is another image tomorrow, and nobody can say what ran yesterday.",
        scale=Scale(
            "% of images (a version tag counts 60 %)",
            ((0, 0), (30, 35), (60, 75), (100, 100)),
            (SCORECARD, ours("a version tag is ordinary, a digest exact, no tag or a moving one is chance")),
        ),
        remedy="Name each image by version and digest, and let an update bot move them.",
        effort=Effort(0.1, each=0.1, per="finding"),
    )
)
def pinned_images(containers: Containers) -> Outcome:
    """Mean (0 to 100 %) over distinct images: digest 1, version tag 0.6, moving or no tag 0."""
    images = [i for i in containers.images if i.image != "scratch" and "$" not in i.image + i.tag]
    if not images:
        return NotApplicable("no container image is named")
    grades = {(i.image, i.tag, i.digest): _grade(i) for i in images}
    loose = sorted((i for i in images if not _grade(i)), key=lambda i: (i.path, i.line, i.image))
    places = tuple(
        Place(
            f"image {i.image} is taken at {i.tag or 'whatever is newest'}",
            Severity.LOW,
            path=i.path,
            line=i.line,
            anchor=i.image,
        )
        for i in loose[:200]
    )
    digests = sum(1 for g in grades.values() if g == 1)
    tags = sum(1 for g in grades.values() if g == TAGGED)
    because = f"of {counted(len(grades), 'image')}, named by digest: {digests}, by version tag: {tags}"
    return Measured(percent(sum(grades.values()), len(grades)), because, sample=len(grades), places=places)


def _grade(i: BaseImage) -> float:
    if i.digest:
        return 1.0
    return TAGGED if any(c.isdigit() for c in i.tag) else 0.0
