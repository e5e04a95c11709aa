"""A month reconstructed afterwards is what a scan at that time would have said, and is never compared with as if it were one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.builders_gitcode import GitRepo
from tests.builders_hostile import ASSAY, environment


def scan(home: Path, day: str, *options: str) -> dict[str, Any]:
    out = home / f"out-{day}"
    ended = subprocess.run(
        [ASSAY, "scan", str(home / "target"), "--offline", "--as-of", day, "--workers", "1", "--out", str(out), "--format", "json", *options],
        cwd=home, env=environment(home), capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr.decode()
    told: dict[str, Any] = json.loads((out / "assessment.json").read_text())
    return told


def points(assessment: dict[str, Any]) -> dict[str, float]:
    checks = [c for s in assessment["stages"] for p in s["practices"] for c in p["checks"]]
    return {c["check"]: c["points"] for c in checks if c["state"] == "measured"}


def test_a_reconstructed_month_equals_a_scan_of_that_day(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "one")
    for month in range(1, 7):
        body = "".join(f"def step_{n}(a):\n    return a if a > {n} else 0\n" for n in range(month * 5))
        repo.commit(
            f"Add part {month}", {f"app/part{month}.py": body, "README.md": f"# App\n\n{'word ' * 60 * month}\n"},
            at=f"2026-0{month}-10T10:00:00+00:00", by=f"Dev {month % 2} <dev{month % 2}@acme.io>",
        )  # fmt: skip
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "target").symlink_to(repo.folder)
    then = scan(tmp_path / "two", "2026-04-20")
    now = scan(tmp_path / "one", "2026-06-20", "--history", "3m")
    assert [m["as_of"] for m in now["months"]] == ["2026-03-20", "2026-04-20", "2026-05-20"]
    april = now["months"][1]["checks"]
    assert april == points(then)
    assert len(april) > 20
    assert now["trend"] is None  # nothing was scanned before: a reconstruction is no earlier scan


def test_months_are_kept_and_later_scans_show_them(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add it", {"app.py": "def a(b):\n    return b\n"}, at="2026-01-10T10:00:00+00:00")
    first = scan(tmp_path, "2026-05-01", "--history", "2m")
    second = scan(tmp_path, "2026-06-01")
    assert [m["as_of"] for m in second["months"]] == [m["as_of"] for m in first["months"]]
    assert second["trend"]["previous_as_of"] == "2026-05-01"
