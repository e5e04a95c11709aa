"""The wheel is whole, and runs from a folder that holds other people's `reports` and `scoring`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.builders_hostile import environment

pytestmark = pytest.mark.xdist_group("packaging")  # what they all read is made once, by one worker

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pytest.importorskip("hatchling")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_every_module_and_every_piece_of_data(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in ("scanner", "collectors", "analyzers", "scoring", "reports")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(wanted) > 300
    assert wanted - packed == set()
    assert {f"{package}/py.typed" for package in ("scanner", "collectors", "analyzers", "scoring", "reports")} <= packed
    assert any(name.startswith("scanner/store/migrations/versions/v0001") for name in packed)
    assert any(name.startswith("reports/templates/") for name in packed)
    assert any(name.startswith("collectors/data/") for name in packed)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {t for t in tops if not t.endswith(".dist-info")} == {
        "scanner",
        "collectors",
        "analyzers",
        "scoring",
        "reports",
    }
    assert not any(name.endswith((".pyc", ".env", ".key", ".db")) for name in zipfile.ZipFile(wheel).namelist())


def _pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def _named(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=[]", requirement)[0].lower() for requirement in requirements}


def test_the_image_gets_what_runs_at_the_tested_versions_and_nothing_of_what_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    whole, app, build = (
        _pinned("requirements.lock"),
        _pinned("requirements-app.lock"),
        _pinned("requirements-build.lock"),
    )
    assert _named(project["dependencies"] + extras["tools"]) <= set(app)
    assert _named(extras["dev"]) & set(app) == set()
    assert app.items() | build.items() <= whole.items()
    assert "hatchling" in build
    assert "requirements.lock" not in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-app.lock", "requirements-build.lock"])
def test_every_pin_has_hashes_and_no_lock_holds_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = [line for line in text.splitlines() if not line.startswith("    --hash=sha256:")]
    assert pins
    assert all(line.endswith("\\") and "==" in line for line in pins)
    assert "://" not in text


def _installed(wheel: Path, folder: Path) -> Path:
    """The wheel unpacked, with a console script as an installer writes it."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "lib")
        (points,) = [n for n in packed.namelist() if n.endswith("entry_points.txt")]
        assert "assay = scanner.cli:main" in packed.read(points).decode()
    script = folder / "bin" / "assay"
    script.parent.mkdir()
    script.write_text(f"#!{sys.executable}\nimport sys\nfrom scanner.cli import main\nsys.exit(main())\n")
    script.chmod(0o755)
    return script


def test_it_runs_beside_hostile_packages_of_the_same_names(wheel: Path, tmp_path: Path) -> None:
    script = _installed(wheel, tmp_path)
    hostile = tmp_path / "client"
    for package in ("reports", "scoring", "scanner", "collectors", "analyzers", "typer"):
        (hostile / package).mkdir(parents=True)
        (hostile / package / "__init__.py").write_text(
            f"open({str(tmp_path / 'canary')!r}, 'w').close()\nraise SystemExit('hostile')\n"
        )
    site = sysconfig.get_paths()["purelib"]
    paths = os.pathsep.join((str(tmp_path / "lib"), site))
    where = "import reports, scanner, scoring; print(reports.__file__, scanner.__file__, scoring.__file__)"
    env = environment(tmp_path / "home", PYTHONPATH=paths, PYTHONSAFEPATH="1")
    located = subprocess.run(
        [sys.executable, "-c", where], cwd=hostile, env=env, capture_output=True, text=True, check=True
    )
    assert all(path.startswith(str(tmp_path / "lib")) for path in located.stdout.split())
    for safe in ({"PYTHONSAFEPATH": "1"}, {}):
        env = environment(tmp_path / "home", PYTHONPATH=paths, **safe)
        said = subprocess.run([script, "--version"], cwd=hostile, env=env, capture_output=True, text=True, check=False)
        assert (said.returncode, said.stdout.split()[0]) == (0, "assay"), said.stderr
        scanned = subprocess.run(
            [script, "scan", ".", "--offline", "--format", "json"],
            cwd=hostile,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert scanned.returncode == 3, scanned.stderr
        assert "holds none within two levels" in " ".join(scanned.stderr.split())
    assert not (tmp_path / "canary").exists()
