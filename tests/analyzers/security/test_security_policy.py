from analyzers.security.security_policy import security_policy
from scanner.core.evidence import Across
from scanner.core.outcomes import Basis, NotApplicable
from scanner.facts.tree import CodeSize, Document, Documents
from tests.builders_checks_b import measured, plain, repo

POLICY = plain(Documents, documents=(plain(Document, kind="security-policy"),))
README = plain(Documents, documents=(plain(Document, kind="readme"),))
CODE, PROSE = plain(CodeSize, product_code=9), plain(CodeSize)


def test_own_policy_only_counts_for_itself_and_prose_is_not_asked() -> None:
    documents = Across({repo("acme/a"): POLICY, repo("acme/b"): README, repo("acme/docs"): README})
    sizes = Across({repo("acme/a"): CODE, repo("acme/b"): CODE, repo("acme/docs"): PROSE})
    assert measured(security_policy(documents, sizes)).value == 50


def test_a_common_policy_covers_its_owner_only() -> None:
    documents = Across({repo("acme/.github"): POLICY, repo("acme/a"): README, repo("umbra/b"): README})
    sizes = Across({repo("acme/.github"): PROSE, repo("acme/a"): CODE, repo("umbra/b"): CODE})
    assert measured(security_policy(documents, sizes)).value == 50


def test_no_code() -> None:
    assert isinstance(security_policy(Across({repo("acme/a"): POLICY}), Across({repo("acme/a"): PROSE})), NotApplicable)


def test_a_policy_for_all_that_was_not_scanned_makes_the_figure_a_proxy() -> None:
    outcome = measured(security_policy(Across({repo("acme/a"): README}), Across({repo("acme/a"): CODE})))
    assert (outcome.value, outcome.basis, outcome.certainty) == (0, Basis.INFERRED, 0.7)
