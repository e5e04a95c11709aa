from collectors.github.other_notions import COLLECTOR
from scanner.core.evidence import Unknown, Why
from tests.builders_github import asking


def test_what_github_does_not_have_is_no_hole() -> None:
    with asking() as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == []
    assert isinstance(item.content, Unknown)
    assert item.content.why is Why.NO_SUCH_NOTION
