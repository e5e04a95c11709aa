from collectors.gitlab.other_notions import COLLECTOR
from scanner.core.evidence import Unknown, Why
from tests.builders_gitlab import asking


def test_what_gitlab_does_not_have_is_no_hole() -> None:
    with asking() as (ask, standin):
        told = [item.content for item in COLLECTOR.collect(ask)]
        assert standin.seen == []
    assert [item.why for item in told if isinstance(item, Unknown)] == [Why.NO_SUCH_NOTION, Why.NO_SUCH_NOTION]
