from analyzers.learning.guide_lag import guide_lag
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import RepositoryProfile
from tests.builders import AS_OF
from tests.builders_checks_c import ago, document, documents, measured


def profile(head_days_old: float | None) -> RepositoryProfile:
    head_at = None if head_days_old is None else ago(head_days_old)
    return RepositoryProfile(AS_OF, "main", "c0ffee", head_at, ago(3000), 10, False, 1, 0, 0, 0, 0)


def test_finished_code_does_not_outrun_its_guide() -> None:
    old = documents(document("readme", 1000), document("postmortem", 3000))
    assert measured(guide_lag(old, profile(1000))) == 0
    assert measured(guide_lag(old, profile(400))) == 600


def test_the_median_guide_counts() -> None:
    three = documents(document("readme", 10), document("contributing", 110), document("architecture", 900))
    assert measured(guide_lag(three, profile(10))) == 100


def test_no_guide_and_no_date_differ() -> None:
    assert isinstance(guide_lag(documents(), profile(1)), NotApplicable)
    assert isinstance(guide_lag(documents(document("readme", None)), profile(1)), Unknown)


def test_a_readme_of_one_part_is_no_guide_to_the_whole() -> None:
    texts = documents(document("readme", 10, path="README.md"), document("readme", 900, path="examples/a/README.md"))
    assert measured(guide_lag(texts, profile(10))) == 0
