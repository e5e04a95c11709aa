from analyzers.communication.operating_documents import operating_documents
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import document, documents, measured, traits


def test_a_contract_stands_for_the_interface_and_kinds_count_once() -> None:
    texts = documents(
        document("ops/runbook.md", "runbook"),
        document("ops/dr.md", "disaster-recovery"),
        document("ROADMAP.md", "roadmap"),
    )
    assert measured(operating_documents(texts, traits(api_contracts=("openapi.yaml",)))).value == 2
    assert measured(operating_documents(documents(), traits())).value == 0


def test_a_library_is_not_asked() -> None:
    assert isinstance(operating_documents(documents(), traits(deployable=False)), NotApplicable)
