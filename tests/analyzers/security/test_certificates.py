from analyzers.security.certificates import certificates
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis
from scanner.facts.engagement import Answer, Answers
from tests.builders_checks_b import measured


def test_it_reads_its_own_answer() -> None:
    answers = Answers((Answer("SEC-028", 0), Answer("SEC-027", 0.5, tier="document")))
    outcome = measured(certificates(answers))
    assert (outcome.value, outcome.basis, outcome.certainty) == (50, Basis.DECLARED, 0.75)
    assert isinstance(certificates(Answers(())), Unknown)
