from analyzers.scalability.local_state import local_state
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import size, traits


def test_places_per_thousand_lines() -> None:
    outcome = local_state(traits(local_state=(("b.py", 2), ("a.py", 7))), size(product=400))
    assert isinstance(outcome, Measured)
    assert outcome.value == 5
    assert [p.path for p in outcome.places] == ["a.py", "b.py"]


def test_a_command_line_tool_may_write_files() -> None:
    assert isinstance(local_state(traits(deployable=False, local_state=(("a.py", 1),)), size()), NotApplicable)
