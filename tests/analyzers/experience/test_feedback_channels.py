from analyzers.experience.feedback_channels import feedback_channels
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import across, document, documents, measured, repo, size, tree


def test_templates_and_support_documents_count() -> None:
    trees = across(
        api=tree(".github/ISSUE_TEMPLATE/bug.yml"),
        web=tree("src/a.py"),
        cli=tree("README.md"),
        lib=tree("vendor/x/.github/ISSUE_TEMPLATE/bug.yml", role="vendored"),
        texts=tree("a.md"),
    )
    papers = across(
        api=documents(), web=documents(), cli=documents(document("support")), lib=documents(), texts=documents()
    )
    sizes = across(api=size(), web=size(), cli=size(), lib=size(), texts=size(product=0))
    outcome = feedback_channels(trees, papers, sizes)
    assert isinstance(outcome, Measured)
    assert outcome.value == 50
    assert [p.subject for p in outcome.places] == [repo("lib"), repo("web")]


def test_the_organisation_templates_cover_all() -> None:
    trees = across(_github=tree("ISSUE_TEMPLATE.md"), web=tree("src/a.py"))
    papers, sizes = across(_github=documents(), web=documents()), across(_github=size(product=0), web=size())
    assert measured(feedback_channels(trees, papers, sizes)) == 100


def test_without_code_nobody_is_asked() -> None:
    outcome = feedback_channels(across(texts=tree("a.md")), across(texts=documents()), across(texts=size(product=0)))
    assert isinstance(outcome, NotApplicable)
