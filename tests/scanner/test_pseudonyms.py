from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.pseudonyms import Pseudonyms, keep_key, load_key


def test_pseudonyms_are_the_keyed_hash() -> None:
    key = b"k" * 32
    expected = hmac.new(key, b"person\0ann@acme.io", hashlib.sha256).hexdigest()[:12]
    assert Pseudonyms(key).of("ann@acme.io") == f"p-{expected}"
    assert Pseudonyms(key).secret("ann@acme.io") != expected
    assert "kkk" not in repr(Pseudonyms(key))


def test_a_key_is_made_once_per_engagement_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = load_key(folder, "acme")
    assert (load_key(folder, "acme"), len(first)) == (first, 32)
    assert load_key(folder, "../other") != first
    keep_key(folder, "acme", b"x" * 32)
    assert load_key(folder, "acme") == first
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 2
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_a_clear_stop(tmp_path: Path, content: bytes) -> None:
    load_key(tmp_path, "acme")
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        load_key(tmp_path, "acme")
    assert refused.value.hole.why is Why.CORRUPT


def test_a_key_that_cannot_be_kept_is_a_clear_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreadable) as refused:
        load_key(tmp_path / "file" / "keys", "acme")
    assert refused.value.hole.why is Why.FORBIDDEN
