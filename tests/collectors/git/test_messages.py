from __future__ import annotations

import time

import pytest

from collectors.git.messages import has_body, has_reference, is_poor, is_revert


@pytest.mark.parametrize(
    "text",
    ["Fix crash (#12)", "Fix crash, GH-12", "ABC-12: fix", "See https://github.com/a/b/issues/3", "See https://gitlab.com/a/b/-/merge_requests/4",
     "See merge request acme/api!41", "Closes acme/api#3", "#7 at the start"],
)  # fmt: skip
def test_references(text: str) -> None:
    assert has_reference(text)


@pytest.mark.parametrize(
    "text", ["Use UTF-8 here", "Handle CVE-2024-1234", "a # b", "colour #fff is nice", "x-12", "", "Wow!", "SHA-256"]
)
def test_no_references(text: str) -> None:
    assert not has_reference(text)


@pytest.mark.parametrize(
    "subject", ["wip", "Update", "fix: typo", "Fix typo.", "short one", "refactoring-everything", ""]
)
def test_poor_subjects(subject: str) -> None:
    assert is_poor(subject)


@pytest.mark.parametrize("subject", ["Fix crash on empty input", "feat: add paging to lists"])
def test_telling_subjects(subject: str) -> None:
    assert not is_poor(subject)


def test_trailers_are_no_body() -> None:
    assert not has_body("Signed-off-by: Ann <a@b>\nChange-Id: I123\n\nCo-authored-by: x <y>")
    assert has_body("Because the index was wrong.\n\nSigned-off-by: Ann <a@b>")


def test_reverts() -> None:
    assert is_revert('Revert "Add paging"', "")
    assert is_revert("Take it back", "This reverts commit 1234abcd.")
    assert not is_revert("Revert to old layout", "")


def test_a_hostile_message_costs_little_time() -> None:
    begun = time.perf_counter()
    for text in ("a" * 4000, "A-" * 2000, "#" * 4000, "x.-" * 1300, "/issues/" * 500 + "!", " (" * 2000):
        has_reference(text)
        is_poor(text)
    assert time.perf_counter() - begun < 1.0
