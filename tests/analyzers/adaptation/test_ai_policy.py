from analyzers.adaptation.ai_policy import ai_policy
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import NO_ANSWERS, across, activity, answers, document, documents, measured

AGENTS = across(api=activity(agent_commits_365_days=3), web=activity())
NO_PAPERS = across(api=documents(), web=documents(document("readme")))


def test_a_document_anywhere_or_an_answer() -> None:
    assert measured(ai_policy(AGENTS, across(ops=documents(document("ai-policy"))), NO_ANSWERS)) == 100
    assert measured(ai_policy(AGENTS, NO_PAPERS, answers("ADA-008", 0))) == 0


def test_instructions_to_the_tools_are_half_a_policy() -> None:
    instructed = across(web=documents(document("ai-policy", path="AGENTS.md")))
    assert measured(ai_policy(AGENTS, instructed, NO_ANSWERS)) == 50
    assert measured(ai_policy(AGENTS, instructed, answers("ADA-008", 1))) == 100


def test_declared_agents_without_a_word_are_unknown_and_no_agents_are_not_asked() -> None:
    assert isinstance(ai_policy(AGENTS, NO_PAPERS, NO_ANSWERS), Unknown)
    assert isinstance(ai_policy(across(web=activity()), NO_PAPERS, NO_ANSWERS), NotApplicable)
