from typing import get_args, get_type_hints

from analyzers.security.pipeline_weaknesses import RULES, pipeline_weaknesses
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.ci import Pipeline, Pipelines, Weakness
from tests.builders_checks_b import measured, plain


def test_every_rule_of_the_vocabulary_has_a_weight() -> None:
    assert set(RULES) == set(get_args(get_type_hints(Weakness)["rule"]))


def test_weights_add_up_and_the_worst_comes_first() -> None:
    weaknesses = tuple(
        Weakness(rule, "ci.yml", 3, "x") for rule in ("no-permissions", "plain-secret", "curl-pipe-shell")
    )
    outcome = measured(pipeline_weaknesses(plain(Pipelines, pipelines=(plain(Pipeline),), weaknesses=weaknesses)))
    assert outcome.value == 6.5
    assert outcome.places[0].severity is Severity.CRITICAL


def test_unread_pipelines_are_not_sound_ones() -> None:
    found = plain(Pipelines, weaknesses=(Weakness("untrusted-trigger", "a.yml", 1, "x"),), unparsed=(("b.yml", "odd"),))
    assert measured(pipeline_weaknesses(found)).value == 5, "what was found stays found"
    assert isinstance(pipeline_weaknesses(plain(Pipelines, unparsed=(("ci.yml", "too large"),))), Unknown)
    assert isinstance(pipeline_weaknesses(plain(Pipelines)), NotApplicable)
