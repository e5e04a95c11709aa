from __future__ import annotations

from datetime import date

import pytest

from collectors.git import references
from collectors.git.references import Referring, keys_in
from scanner.facts.knowledge import Reference
from tests.builders import AS_OF
from tests.builders_people import Pass


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("PAY-12: mend it (PAY-12, UTF-8, CVE-2024-1234)", {"PAY-12": "ticket"}),
        ("Mend the list (#12)", {"acme/api#12": "own"}),
        ("GH-7 mend it", {"acme/api#7": "own"}),
        ("Closes Acme/Web#3 and #4", {"acme/web#3": "elsewhere", "acme/api#4": "own"}),
        ("Closes acme/api#3", {"acme/api#3": "own"}),
        ("See https://github.com/acme/web/issues/0012 now", {"acme/web#12": "elsewhere"}),
        ("See https://gitlab.com/acme/sub/web/-/issues/12", {"acme/sub/web#12": "elsewhere"}),
        ("See https://jira.acme.io/browse/PAY-9", {"PAY-9": "ticket"}),
        ("Nothing but c#12x, colour #fff and well-known words", {}),
        ("no sign at all", {}),
        ("#1 #2 #3 #4 #5 #6", {f"acme/api#{n}": "own" for n in range(1, 6)}),
    ],
)
def test_keys_of_a_message(text: str, keys: dict[str, str]) -> None:
    assert keys_in(text, "acme/api") == keys


def test_references_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Pass("a.py")
    kept = Referring(AS_OF, "Acme/API")
    kept.add(told.seen(1, "ann", "a.py", "b.py", subject="Mend it", body="For PAY-1 and #2"))
    kept.add(told.seen(2, "bob", "a.py", subject="Mend it at once"))
    kept.add(told.seen(366, "bob", "a.py", subject="PAY-9 long ago"))
    kept.add(told.seen(3, "dependabot[bot]", "a.py", subject="Bump it (#3)"))
    fact, caveat = kept.result(told.identities, str)
    assert (fact.commits, fact.referring, caveat) == (2, 1, "")
    assert fact.references == (
        Reference("PAY-1", "ticket", date(2026, 6, 29), "mail:ann@acme.io", 2),
        Reference("acme/api#2", "own", date(2026, 6, 29), "mail:ann@acme.io", 2),
    )
    monkeypatch.setattr(references, "REFERENCES_KEPT", 2)
    kept.add(told.seen(4, "ann", "a.py", subject="PAY-5"))
    fact, caveat = kept.result(told.identities, str)
    assert (fact.referring, len(fact.references), caveat) == (2, 2, "the newest 2 of 3 references")


def test_a_long_message_is_read_in_time() -> None:
    text = ("a-" * 2000) + ("x/" * 1000) + "http://" + "a/" * 500
    assert keys_in(text, "acme/api") == {}
