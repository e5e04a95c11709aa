from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scanner.cli import commands
from scanner.cli.app import app
from scanner.places import default_database
from scanner.store.store import Store
from tests.builders_hostile import WHEN, Target

assert commands  # importing it adds its commands to the application
RUN = CliRunner()


def _run(*arguments: str) -> tuple[int, str, str]:
    ended = RUN.invoke(app, list(arguments))
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended.exit_code, ended.stdout, " ".join(ended.stderr.split())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two complete scans of one repository, and an unfinished one."""
    top = tmp_path_factory.mktemp("cli")
    made = Target(top / "api.git")
    first = made.commit(made.files({b"app.py": b"x = 1\n"}), at=WHEN - 40 * 86_400)
    made.ref(made.commit(made.files({b"app.py": b"x = 2\n", b"README.md": b"# Api\n"}), [first]))
    with pytest.MonkeyPatch.context() as patch:
        _settle(patch, top)
        for day in ("2026-05-01", "2026-06-30"):
            code, _, errors = _run(
                "scan", str(made.path), "--offline", "--as-of", day, "--format", "json", "--out", str(top / day)
            )
            assert code == 0, errors
        store = Store(default_database())
        engagement = store.scans()[0].engagement
        store.begin(engagement, "api.git", date(2026, 7, 1), ("api.git",), "0", datetime(2026, 7, 1, tzinfo=UTC))
        store.close()
    return top


def _settle(patch: pytest.MonkeyPatch, top: Path) -> None:
    patch.setenv("XDG_DATA_HOME", str(top / "data"))
    patch.setenv("XDG_CACHE_HOME", str(top / "cache"))
    patch.setenv("COLUMNS", "300")
    for name in ("ASSAY_DB", "ASSAY_GITHUB_TOKEN", "ASSAY_GITHUB_URL"):
        patch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    _settle(monkeypatch, request.getfixturevalue("home"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PRO-001", "# PRO-001:"),
        ("pro-001", "# PRO-001:"),
        ("7", "# Stage 7:"),
        ("security", "# Stage 8:"),
        ("REC-03", "# REC-03:"),
    ],
)
def test_explain_says_what_it_is(name: str, words: str) -> None:
    code, said, _ = _run("explain", name)
    assert code == 0
    assert said.startswith(words)


def test_numbers_of_a_scan_lead_to_pseudonyms() -> None:
    code, said, _ = _run("numbers", "2", "--json")
    assert code == 0
    assert json.loads(said) == {}, "no file of this repository changed three times in the year"
    assert _run("numbers", "3")[0] == 2, "an unfinished scan tells nothing"


def test_checks_lists_every_stage() -> None:
    code, said, _ = _run("checks", "--json")
    listed = json.loads(said)
    assert code == 0
    assert {int(row["stage"].split()[0]) for row in listed} == set(range(1, 17))
    one = json.loads(_run("checks", "--stage", "8", "--json")[1])
    assert {row["stage"] for row in one} == {"8 security"}
    assert len(one) < len(listed)


def test_scans_are_listed_oldest_first() -> None:
    code, said, _ = _run("scans", "--json")
    assert code == 0
    assert [(s["id"], s["as_of"], s["complete"]) for s in json.loads(said)] == [
        (1, "2026-05-01", True),
        (2, "2026-06-30", True),
        (3, "2026-07-01", False),
    ]


def test_what_an_unfinished_scan_knows_is_not_zero() -> None:
    code, said, _ = _run("scans")
    unfinished = next(line for line in said.splitlines() if "unfinished" in line)
    assert (code, unfinished.split()[-2:]) == (0, ["–", "–"])


def test_report_of_a_stored_scan_is_what_was_published(home: Path, tmp_path: Path) -> None:
    code, said, errors = _run("report", "2", "--format", "json", "--out", str(tmp_path))
    assert (code, errors) == (0, "")
    assert said.strip() == str(tmp_path / "assessment.json")
    assert (tmp_path / "assessment.json").read_bytes() == (home / "2026-06-30" / "assessment.json").read_bytes()


def test_rescore_gives_the_same_score_under_the_same_model(tmp_path: Path) -> None:
    code, _, errors = _run("rescore", "1", "--format", "json", "--out", str(tmp_path))
    before, after = errors.removeprefix("scan 1: ").split(", ")
    assert code == 0
    assert before.split(" under ")[0] == after.split(" under ")[0]


def test_diff_and_trend_compare_two_scans() -> None:
    code, said, _ = _run("diff", "1", "2", "--json")
    compared = json.loads(said)
    assert code == 0
    assert {"stages", "checks", "new", "fixed", "known"} == set(compared)
    code, said, _ = _run("trend", "com-001", "--json")
    assert code == 0
    assert [p["as_of"] for p in json.loads(said)] == ["2026-05-01", "2026-06-30"]
    for table in (("diff", "1", "2"), ("trend", "COM-001"), ("scans",), ("checks", "--stage", "1")):
        assert _run(*table)[0] == 0


def test_docs_are_written_checked_and_never_take_other_pages(tmp_path: Path) -> None:
    folder = str(tmp_path)
    (tmp_path / "notes.md").write_text("mine")
    (tmp_path / "OLD-999.md").write_text("a page of a check that is gone")
    code, said, errors = _run("docs", "--check", "--folder", folder)
    assert (code, "PRO-001.md" in said, "run `assay docs`" in errors) == (1, True, True)
    assert _run("docs", "--folder", folder)[0] == 0
    assert not (tmp_path / "OLD-999.md").exists()
    assert (tmp_path / "notes.md").read_text() == "mine"
    assert _run("docs", "--check", "--folder", folder)[:2] == (0, "")
    (tmp_path / "PRO-001.md").write_text("edited")
    assert _run("docs", "--check", "--folder", folder)[0] == 1


def test_doctor_says_what_works(tmp_path: Path) -> None:
    _, said, _ = _run("doctor", "--offline", "--json")
    lines = {line["what"]: line for line in json.loads(said)}
    assert lines["git"]["state"] == "ok"
    assert lines["database"]["text"] == "3 scans of 1 engagements"
    (tmp_path / "broken.db").write_bytes(b"no database" * 500)
    code, said, _ = _run("doctor", "--offline", "--json", "--db", f"sqlite:///{tmp_path / 'broken.db'}")
    assert code == 1
    assert next(x for x in json.loads(said) if x["what"] == "database")["state"] == "problem"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("scan", "x", "--format", "nope"), "there is no format 'nope'"),
        (("scan", "x", "--as-of", "0001-01-01"), "a date from 1990 on"),
        (("scan", "x", "--fail-on", "sometimes"), "is no condition"),
        (("scan", "x", "--fail-on", "score<"), "is no condition"),
        (("scan", "x", "--engagement", "gone.toml"), "gone.toml cannot be read"),
        (("scan", ""), "a target is blank"),
        (("scan", "x", " "), "a target is blank"),
        (("scan", "x", "--offline", "--db", "nonsense", "--format", "json"), "the database URL cannot be used"),
        (("scan", "x", "--offline", "--advisories", "gone"), "there is no gone"),
        (("explain", "XYZ-1"), "there is no check, stage or recommendation 'XYZ-1'"),
        (("explain", "\x1b[2J"), "there is no check"),
        (("checks", "--stage", "17"), "there is no stage '17'"),
        (("scans", "--db", "nonsense"), "the database URL cannot be used"),
        (("report", "99"), "there is no scan 99"),
        (("report", "3"), "scan 3 is unfinished"),
        (("rescore", "3"), "scan 3 is unfinished"),
        (("diff", "1", "3"), "scan 3 is unfinished"),
        (("diff", "1", "99"), "there is no scan 99"),
        (("trend", "XYZ-1"), "there is no check 'XYZ-1'"),
        (("schedule", "export", "x", "--as", "windows"), "there is no form 'windows'"),
        (("schedule", "export", "x", "--when", "soon"), "is no cron time"),
        (("schedule", "export", "x\ny"), "control characters"),
        (("schedule", "export", "x", "--as", "systemd", "--when", "0 5 1 * 1"), "systemd cannot say"),
    ],
)  # fmt: skip
def test_errors_are_sentences_with_exit_code_2(arguments: tuple[str, ...], words: str) -> None:
    code, said, errors = _run(*arguments)
    assert (code, said) == (2, "")
    assert errors.startswith("assay: ")
    assert words in errors
    assert errors.isprintable()


def test_unfinished_scans_stay_unfinished() -> None:
    _run("rescore", "3")
    assert [s["complete"] for s in json.loads(_run("scans", "--json")[1])] == [True, True, False]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, errors = _run("report", "1", "--format", "json", "--out", str(tmp_path / "file" / "x"))
    assert code == 2
    assert "the report cannot be written" in errors


@pytest.mark.parametrize(("question", "meant"), [("pro-001", "PRO-001"), ("SEC-0288", "SEC-028")])
def test_an_answer_to_no_check_is_refused_with_the_closest_one(home: Path, question: str, meant: str) -> None:
    told = home / f"{question}.toml"
    told.write_text(f"client = 'x'\n[[answers]]\nquestion = '{question}'\nvalue = 1\n")
    code, said, errors = _run("scan", str(home / "api.git"), "--offline", "--engagement", str(told))
    assert (code, said) == (2, "")
    assert f"answers.0.question: there is no check '{question}'; did you mean {meant}?" in errors


def test_what_matches_nothing_is_warned_of(home: Path, tmp_path: Path) -> None:
    told = tmp_path / "assay.toml"
    told.write_text(
        "client = 'x'\n[[systems]]\nname = 'Shop'\nrepos = ['shop-*']\n[[systems]]\nname = 'Core'\nrepos = ['ap*']\n"
        "[[waivers]]\nfingerprint = 'f00'\nreason = 'r'\nowner = 'o'\nexpires = 2030-01-01\n"
    )
    code, _, errors = _run(
        "scan", str(home / "api.git"), "--offline", "--as-of", "2026-06-30", "--engagement", str(told), "--format", "json",
        "--db", f"sqlite:///{tmp_path / 'own.db'}", "--out", str(tmp_path),
    )  # fmt: skip
    assert code == 0
    assert "warning: system 'Shop' of the engagement file matches no repository: shop-*" in errors
    assert "warning: waiver 'f00' of the engagement file matches no finding" in errors
    assert "'Core'" not in errors


def test_a_report_that_differs_from_the_published_one_says_so(home: Path, tmp_path: Path) -> None:
    """A scan of an earlier day that came later is a predecessor that the published report did not know."""
    own = ("--db", f"sqlite:///{tmp_path / 'own.db'}", "--format", "json", "--out", str(tmp_path))
    for day in ("2026-06-30", "2026-05-01"):
        assert _run("scan", str(home / "api.git"), "--offline", "--as-of", day, *own)[0] == 0
    code, _, errors = _run("report", "1", *own)
    assert code == 0
    assert "the model, the checks or the earlier scans have changed since" in errors
