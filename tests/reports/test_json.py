import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports.json import FORMAT
from scanner.core.assessment import Judged
from scanner.core.outcomes import Indicator, Measured
from tests.builders_reports import API, LONG, bare, catalogue, evidence, golden

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "assessment.schema.json").read_text("utf-8"))


def read(assessment: Any = None) -> dict[str, Any]:
    return json.loads(FORMAT.render(assessment or golden(), catalogue()))


@pytest.mark.parametrize("assessment", [golden(), bare()], ids=["golden", "bare"])
def test_what_is_published_keeps_its_schema(assessment: Any) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(read(assessment))) == []


def test_the_schema_describes_every_field_and_admits_no_other() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for name, field in node.get("properties", {}).items():
                assert "description" in field or "$ref" in field, name
            assert "properties" not in node or node["additionalProperties"] is False
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(SCHEMA)


def test_the_first_keys_stand_in_the_published_order() -> None:
    assert list(read())[:13] == [
        "schema_version", "model_version", "tool_version", "as_of", "targets", "subjects", "stages", "indicators",
        "findings", "recommendations", "risks", "swot", "gaps",
    ]  # fmt: skip


def test_an_unknown_answer_has_a_reason_and_no_number() -> None:
    unknown = [i for i in read()["indicators"] if i["outcome"] == "unknown"]
    assert unknown
    for indicator in unknown:
        assert indicator["value"] is None
        assert indicator["points"] is None
        assert indicator["unknown_reason"]["why"] == "forbidden"
        assert indicator["unknown_reason"]["closes"] == "grant Administration: read"


def test_a_stage_that_cannot_be_judged_has_neither_level_nor_score() -> None:
    stages = {s["key"]: s for s in read()["stages"]}
    assert stages["goals"]["assessable"] is False
    assert stages["goals"]["level"] is None
    assert stages["goals"]["score"] is None
    assert stages["goals"]["interval"] == [0.0, 100.0]
    assert [s["id"] for s in read()["stages"]] == list(range(1, 17))


def test_the_unit_comes_from_the_declaration_and_numbers_have_four_decimals() -> None:
    third = Judged(Indicator("PRO-001", API, Measured(100 / 3, "one of three")), 2 / 3, 1, 1.0)
    (indicator,) = read(replace(golden(), indicators=(third,)))["indicators"]
    assert indicator["unit"] == "% of merged changes"
    assert indicator["value"] == 33.3333
    assert indicator["points"] == 0.6667


def test_digests_of_facts_with_pseudonyms_stay_out() -> None:
    assert b"secretdigest" not in FORMAT.render(golden(), catalogue())
    assert b"ab" * 32 in FORMAT.render(golden(), catalogue())


def test_many_pieces_of_evidence_are_counted_and_twenty_cited() -> None:
    crowd = Judged(Indicator("PRO-001", API, Measured(1, "x"), (evidence(API),) * 50), 1, 1, 1.0)
    (indicator,) = read(replace(golden(), indicators=(crowd,)))["indicators"]
    assert (len(indicator["evidence"]), indicator["evidence_total"]) == (20, 50)


def test_text_is_kept_whole_even_where_it_is_not_unicode() -> None:
    messages = [f["message"] for f in read()["findings"]]
    assert LONG in messages
    lone = replace(golden(), title="a\udc80b")
    assert read(lone)["title"] == "a\udc80b"


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        FORMAT.render(replace(golden(), overall=replace(golden().overall, score=float("nan"))), {})
