from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.tools import find_tool, run_tool


def _python(tmp_path: Path, code: str, seconds: float = 20, limit: int = 1000) -> object:
    return run_tool([sys.executable, "-c", code], cwd=tmp_path, timeout_seconds=seconds, limit_output_bytes=limit)


def _why(tmp_path: Path, code: str, seconds: float = 20) -> Why:
    with pytest.raises(Unreadable) as refused:
        _python(tmp_path, code, seconds)
    return refused.value.hole.why


def test_output_and_code_come_back(tmp_path: Path) -> None:
    result = run_tool(
        [sys.executable, "-c", "import sys; print(1); sys.stderr.write('x'); sys.exit(3)"],
        cwd=tmp_path,
        timeout_seconds=20,
    )
    assert (result.code, result.stdout, result.stderr) == (3, b"1\n", b"x")


def test_too_much_too_long_and_missing_are_holes(tmp_path: Path) -> None:
    assert _why(tmp_path, "print('x' * 5000)") is Why.TOO_LARGE
    assert _why(tmp_path, "import time; time.sleep(60)", 0.5) is Why.TIMED_OUT
    with pytest.raises(Unreadable) as refused:
        run_tool(["/no/such/program"], cwd=tmp_path, timeout_seconds=1)
    assert refused.value.hole.why is Why.UNSUPPORTED
    assert find_tool("no-such-program") is None


def test_children_of_a_program_do_not_outlive_it(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', \"import time; time.sleep(3); open('late', 'w')\"], stdout=-3, stderr=-3)"
    _python(tmp_path, code)
    time.sleep(3.5)
    assert not (tmp_path / "late").exists()


def test_nothing_of_the_user_is_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_GITHUB_TOKEN", "ghp_token")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = run_tool([sys.executable, "-c", "import os; print(sorted(os.environ))"], cwd=tmp_path, timeout_seconds=20)
    names = set(eval(result.stdout))
    assert names <= {"HOME", "LC_ALL", "LC_CTYPE", "PATH", "PYTHONSAFEPATH", "TMPDIR", "TZ", "SYSTEMROOT"}
