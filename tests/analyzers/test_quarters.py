from analyzers.quarters import QuarterPeople, complete_quarters, regulars_by_quarter
from tests.builders_checks_a import across
from tests.builders_people import QUARTERS, presence


def test_joiners_and_leavers_by_hand() -> None:
    here, there = (
        presence(ann="xxxxxxxxxxxx", bob="..xx.x......", zoe="x..........."),
        presence(zoe=".....x.....x", eve="........xx.."),
    )
    rows = {row.quarter: row for row in regulars_by_quarter(across(a=here, b=there))}
    assert list(rows) == list(QUARTERS[1:9])  # the first shows who was there before; two complete ones follow the last
    assert rows["2024-Q1"] == QuarterPeople("2024-Q1", active=2, joined=1, left=0)  # bob comes
    assert rows["2024-Q4"] == QuarterPeople(
        "2024-Q4", active=3, joined=0, left=1
    )  # zoe is there too; bob is gone after
    assert rows["2025-Q3"] == QuarterPeople("2025-Q3", active=1, joined=0, left=0)  # eve came twice only: no regular


def test_no_repository_no_quarters() -> None:
    assert complete_quarters(across()) == ()
    assert regulars_by_quarter(across()) == ()
