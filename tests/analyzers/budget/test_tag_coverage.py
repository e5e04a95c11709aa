from analyzers.budget.tag_coverage import tag_coverage
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import infrastructure, measured, resource


def test_only_cost_bearing_cloud_resources_with_known_tags_count() -> None:
    outcome = measured(
        tag_coverage(
            infrastructure(
                resource("database", tags=2),
                resource("compute", "bare", tags=0, line=9),
                resource("storage", tags=1),
                resource("cache", tags=4),
                resource("queue", tags=None),
                resource("identity", tags=0),
                resource("compute", provider="kubernetes", tags=0),
            )
        )
    )
    assert (outcome.value, outcome.sample) == (75, 4)
    assert [p.line for p in outcome.places] == [9]


def test_tags_that_cannot_be_read_are_unknown() -> None:
    unread = infrastructure(resource("database", tags=1), resource("cache"), resource("queue"))
    assert isinstance(tag_coverage(unread), Unknown)
    assert measured(tag_coverage(infrastructure(resource("database", tags=1), resource("cache")))).value == 100
    assert isinstance(tag_coverage(infrastructure(resource("dns", tags=0))), NotApplicable)
