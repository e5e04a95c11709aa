"""Files of a release by their names: which sign it, which say how it was made."""

from __future__ import annotations

from collections.abc import Iterable

_SIGNATURES = (".asc", ".minisig", ".sig", ".sign", ".sigstore", ".sigstore.json")
_PROVENANCE = (".intoto.jsonl",)
"""Both as OpenSSF Scorecard's check Signed-Releases knows them."""


def signatures(names: Iterable[str]) -> int:
    """How many of ``names`` are those of signatures."""
    return sum(name.lower().endswith(_SIGNATURES) for name in names)


def provenances(names: Iterable[str]) -> int:
    """How many of ``names`` are those of provenance attestations."""
    return sum(name.lower().endswith(_PROVENANCE) for name in names)
