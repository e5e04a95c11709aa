from analyzers.security.static_findings import static_findings
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Certainty, NotApplicable, Severity
from scanner.facts.code import CodeFinding, CodeFindings
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=4000)


def hit(severity: Severity, certainty: Certainty = Certainty.HIGH, path: str = "a.py") -> CodeFinding:
    return plain(CodeFinding, tool="bandit", rule="B602", severity=severity, certainty=certainty, path=path)


def test_low_and_unsure_hits_weigh_nothing() -> None:
    hits = (hit(Severity.MEDIUM), hit(Severity.HIGH, path="b.py"), hit(Severity.LOW), hit(Severity.HIGH, Certainty.LOW))
    outcome = measured(static_findings(plain(CodeFindings, tool="bandit", findings=hits, code_lines=2000), CODE))
    assert outcome.value == 3, "(1 + 5) in 2000 lines"
    assert [(p.path, p.rule) for p in outcome.places] == [("b.py", "bandit:B602"), ("a.py", "bandit:B602")]
    assert outcome.certainty == 0.5, "half of the code was read"


def test_a_language_that_nobody_read_is_not_clean() -> None:
    assert isinstance(static_findings(plain(CodeFindings), CODE), Unknown)
    assert isinstance(static_findings(plain(CodeFindings), plain(CodeSize)), NotApplicable)


def test_under_half_of_the_code_read_is_no_answer() -> None:
    outcome = static_findings(plain(CodeFindings, tool="bandit", code_lines=1999), CODE)
    assert isinstance(outcome, Unknown)
    assert (outcome.why, outcome.detail) == (
        Why.SAMPLE_TOO_SMALL,
        "bandit read 1999 of 4000 lines of product code",
    )
    nothing = static_findings(plain(CodeFindings, tool="bandit", unparsed=(("a.py", "not Python"),)), CODE)
    assert isinstance(nothing, Unknown)
    assert nothing.detail == "bandit read 0 of 4000 lines of product code"
