import pytest

from collectors.gitlab.ownership_rules import COLLECTOR, parse
from scanner.core.evidence import Unknown, Why
from scanner.facts.forge import OwnershipRules
from tests.builders_gitlab import asking, node


def test_each_line_with_an_error_counts() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == OwnershipRules(
        present=True, errors=(("invalid_entry_owner_format", 2), ("missing_entry_owner", 1))
    )


def test_no_file_and_a_file_without_errors_are_two_things() -> None:
    nothing = node(owners={"nodes": []}, validateCodeownerFile=None)
    clean = node(owners={"nodes": [{"path": "CODEOWNERS"}]}, validateCodeownerFile={"total": 0, "validationErrors": []})
    assert parse(nothing) == OwnershipRules(present=False, errors=())
    assert parse(clean) == OwnershipRules(present=True, errors=())


@pytest.mark.parametrize(
    "answer",
    [
        {"repository": {"owners": {"nodes": [{"path": "CODEOWNERS"}]}, "validateCodeownerFile": None}},
        {"errors": [{"message": "Field 'validateCodeownerFile' doesn't exist on type 'Repository'"}]},
    ],
)
def test_a_file_that_is_not_checked_is_no_file_without_errors(answer: dict[str, object]) -> None:
    with asking(queries={"OwnershipRules": answer}) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert isinstance(item.content, Unknown)
    assert item.content.why is Why.NO_SUCH_NOTION
