from analyzers.communication.incident_communication import incident_communication
from scanner.core.evidence import Unknown
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(incident_communication(answered("COM-012", 0.5))).value == 50
    assert isinstance(incident_communication(answered("COM-013", 1)), Unknown)
