from analyzers.communication.answered_discussions import answered_discussions
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis, NotApplicable
from scanner.facts.forge import ForgeRepository, Planning
from tests.builders_checks_b import measured, plain

ON = plain(ForgeRepository, has_discussions=True)


def test_marked_answers_are_a_share_of_all_discussions() -> None:
    outcome = measured(answered_discussions(plain(Planning, discussions=40, discussions_answered=13), ON))
    assert (outcome.value, outcome.sample, outcome.basis) == (32.5, 40, Basis.INFERRED)


def test_off_or_empty_is_no_question_and_not_shown_no_answer() -> None:
    off = plain(ForgeRepository, has_discussions=False)
    assert isinstance(answered_discussions(plain(Planning, discussions=40, discussions_answered=1), off), NotApplicable)
    assert isinstance(answered_discussions(plain(Planning, discussions=0, discussions_answered=0), ON), NotApplicable)
    assert isinstance(answered_discussions(plain(Planning), ON), Unknown)
