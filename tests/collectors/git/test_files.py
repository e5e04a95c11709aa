from __future__ import annotations

from datetime import timedelta

import pytest

from collectors.git.files import Files
from collectors.git.identity import Identities
from collectors.git.mailmap import Mailmap
from collectors.git.stream import Reader
from tests.builders import AS_OF
from tests.builders_commits import commit


def test_revisions_people_and_main_person_by_hand() -> None:
    identities = Identities(Mailmap())
    reader = Reader(identities, {"a.py": 0, "untouched.py": 1})
    files = Files(AS_OF, ("a.py", "untouched.py"))
    history = [("Ann Lee", 1), ("Ann Lee", 2), ("Bob Ray", 3), ("Bob Ray", 400), ("Bob Ray", 500)]
    for name, days in history:
        at = AS_OF - timedelta(days=days)
        files.add(reader.read(commit(name, f"{name[0]}@acme.io", at=at, paths=("a.py",))))
    (change,) = files.result(identities, str).files
    assert (change.path, change.revisions_365_days, change.revisions_all, change.people_365_days) == ("a.py", 3, 5, 2)
    assert change.main_person == "mail:a@acme.io"
    assert change.main_person_share == pytest.approx(2 / 3)
    assert (change.first_at, change.last_at) == (AS_OF - timedelta(days=500), AS_OF - timedelta(days=1))


def test_a_bot_dates_a_file_without_revising_it() -> None:
    identities = Identities(Mailmap())
    reader = Reader(identities, {"CHANGELOG.md": 0, "a.py": 1})
    files = Files(AS_OF, ("CHANGELOG.md", "a.py"))
    for name, days, path in [
        ("semantic-release-bot", 2, "CHANGELOG.md"),
        ("Ann Lee", 9, "CHANGELOG.md"),
        ("Ann Lee", 3, "a.py"),
    ]:
        at = AS_OF - timedelta(days=days)
        files.add(reader.read(commit(name, f"{name[:3]}@acme.io", at=at, paths=(path,))))
    log, code = sorted(files.result(identities, str).files, key=lambda f: f.path)
    assert (log.revisions_365_days, log.revisions_all, log.people_365_days) == (1, 1, 1)
    assert log.last_at == AS_OF - timedelta(days=2)
    assert code.last_at == AS_OF - timedelta(days=3)


def test_a_change_weighs_half_for_every_ninety_days() -> None:
    identities = Identities(Mailmap())
    reader = Reader(identities, {"a.py": 0, "kept.py": 1})
    files = Files(AS_OF, ("a.py", "kept.py"))
    history = [("Ann Lee", 0, "a.py"), ("Bob Ray", 90, "a.py"), ("Ann Lee", 450, "a.py"), ("release-bot", 0, "kept.py")]
    for name, days, path in history:
        at = AS_OF - timedelta(days=days)
        files.add(reader.read(commit(name, f"{name[:3]}@acme.io", at=at, paths=(path,))))
    weighed = {f.path: f.recent_changes for f in files.result(identities, str).files}
    assert weighed == {"a.py": 1.5312, "kept.py": 0}, (
        "1 + 1/2 + 1/32 = 1.53125 to four decimals; a bot's weighs nothing"
    )
