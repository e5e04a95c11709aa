"""Facts about the languages a repository is written in, in bytes, as GitHub's bar shows them."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.evidence import Fact


@dataclass(frozen=True, slots=True)
class LanguageBytes:
    """One language: its files and their size in bytes."""

    language: str
    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class LanguageShares(Fact):
    """Languages by bytes, largest first, by the rules of GitHub Linguist: programming and markup, no vendored, generated or documenting file.

    Here and nowhere else the target's own ``.gitattributes`` count; ``overridden_files`` tells how many files they changed.
    ``vendored_files``, ``generated_files`` and ``documentation_files`` were set aside; ``undecided_files`` have a suffix of
    several languages and a content that tells none of them; ``unread_files`` are missing, too large or binary where content
    had to decide. None of these is in ``languages``.
    """

    languages: tuple[LanguageBytes, ...]
    total_bytes: int
    vendored_files: int
    generated_files: int
    documentation_files: int
    undecided_files: int
    unread_files: int
    overridden_files: int

    def share(self, language: str) -> float:
        """The share of ``language`` in all bytes, 0 to 1; 0 when nothing was counted."""
        of = sum(each.size_bytes for each in self.languages if each.language == language)
        return of / self.total_bytes if self.total_bytes else 0.0
