from datetime import UTC, datetime

from scanner.core.assessment import SubjectProfile
from scanner.core.drawings import CouplingMap, FileMap
from scanner.core.evidence import Evidence, Fact, Ledger, Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.history import ChangeCoupling, CoupledPair, FileChanges
from scanner.facts.tree import CodeSize, FileLines
from scanner.pipeline.drawings.drawing import PAIRS, REPOSITORIES, draw, drawing

NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
API = Subject(Kind.REPO, "acme/api")


def told(fact: Fact | Unknown, of: type[Fact], digest: str = "d1") -> Evidence:
    return Evidence(API, of, fact, "git log", "git-history", "7", "c0ffee", "first 10", digest)


def coupled(count: int) -> ChangeCoupling:
    return ChangeCoupling(365, 100, tuple(CoupledPair(f"a{n:03}", "b", 5 + n, 0.3 + n / 1000) for n in range(count)))


def profile(
    name: str, lines: int, repo_class: str = "active", weight: float = 1.0, head: str = "c0ffee"
) -> SubjectProfile:
    return SubjectProfile(Subject(Kind.REPO, name), repo_class, 3, weight, "", head, 1, (("C", lines),))


def test_the_largest_active_repositories_are_drawn() -> None:
    profiles = [profile(f"r{n}", 10 * n) for n in range(1, 9)]
    left_out = [profile("fork", 9_999, "fork", 0.0), profile("unread", 9_999, "unread", head="")]
    names = [d.subject.name for d in draw(Ledger(), [*left_out, profile("old", 9_999, "dormant"), *profiles], NOW)]
    assert names == ["r8", "r7", "r6", "r5", "r4", "r3"]
    assert len(names) == REPOSITORIES
    dormant = [profile("a", 1), profile("old", 9_999, "dormant")]
    assert [d.subject.name for d in draw(Ledger(), dormant, NOW)] == ["a", "old"]


def test_what_nobody_collected_and_what_is_a_hole_stay_holes() -> None:
    hole = Unknown(Why.TIMED_OUT, "too long")
    made = drawing(Ledger([told(hole, ChangeCoupling)]), API, NOW)
    assert made.coupling == hole
    assert isinstance(made.files, Unknown)
    assert made.files.why is Why.NOT_REQUESTED
    assert isinstance(made.modules, Unknown)
    assert made.evidence == ()


def test_evidence_is_cited_and_a_keyed_digest_is_not() -> None:
    size = CodeSize((), (FileLines("a.c", "C", "product", 5, 0),), 5, 0, 0, 0)
    made = drawing(
        Ledger([told(size, CodeSize, "plain"), told(FileChanges(NOW, 365, ()), FileChanges, "keyed")]), API, NOW
    )
    assert isinstance(made.files, FileMap)
    assert [(e.fact, e.collector, e.version, e.commit, e.digest) for e in made.evidence] == [
        ("CodeSize", "git-history", "7", "c0ffee", "plain"),
        ("FileChanges", "git-history", "7", "c0ffee", ""),
    ]


def test_the_closest_pairs_are_kept_and_all_are_counted() -> None:
    made = drawing(Ledger([told(coupled(100), ChangeCoupling)]), API, NOW).coupling
    assert isinstance(made, CouplingMap)
    assert (len(made.pairs), made.pairs_found, made.commits) == (PAIRS, 100, 100)
    assert (made.pairs[0].a, made.pairs[-1].a) == ("a099", "a060")
