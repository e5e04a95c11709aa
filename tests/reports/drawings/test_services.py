from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reports.drawings.service_layout import CHIPS, GROUPS, place
from reports.drawings.service_lines import COLOURS, LINES
from reports.drawings.services import services
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Certainty
from scanner.core.service_drawing import ServiceDrawing
from tests.builders_estate import API, WEB, holding, hostile_services, repo, shop, tie
from tests.builders_estate import services as estate

SVG = "{http://www.w3.org/2000/svg}"


def lines(svg: str) -> list[tuple[str, bool]]:
    """(colour, dashed) of the lines between boxes."""
    paths = [p for p in ET.fromstring(svg).iter(f"{SVG}path") if "stroke" in p.attrib]
    return [(p.attrib["stroke"], "stroke-dasharray" in p.attrib) for p in paths]


def test_lines_by_kind_guesses_dashed_and_none_to_images_from_elsewhere() -> None:
    made = services(shop(), "serif")
    assert sorted(lines(made.svg)) == sorted([
        (COLOURS["call"], False), (COLOURS["image"], True), (COLOURS["database"], False), (COLOURS["database"], False),
    ])  # fmt: skip
    assert "2 repositories with 3 services" in made.words[0]
    assert "2 ties between repositories, 1 within one, 2 names asked for" in made.words[0]
    assert any("3 packages, 1 service" in line for line in made.words)


def test_the_tables_say_who_asks_for_what_and_where_it_is_written() -> None:
    ties, repositories, outside = services(shop(), "serif").tables
    assert ties.rows[0] == (
        "front (acme/web)",
        "orders (acme/api)",
        "call",
        "orders.svc",
        "k8s/all.yaml:17",
        "high",
    )
    assert ties.rows[1][1] == "acme/api"
    assert ties.rows[4][:2] == ("acme/web", "nginx (not known here)")
    assert repositories.rows == (("acme/api", "2", "ledger, orders", "0", "2"), ("acme/web", "1", "front", "2", "0"))
    assert outside.rows[0] == ("db.acme.internal", "data store", "database:postgresql")
    assert outside.rows[1] == ("nginx", "image", "unknown")


@pytest.mark.parametrize("count", [1, 40, 400])
def test_boxes_stay_within_the_picture_apart_from_each_other_and_around_their_services(count: int) -> None:
    held = tuple(holding(repo(n), *(f"service-{n}-{k}" for k in range(1 + n % 9))) for n in range(count))
    asks = tuple(tie(repo(n), f"service-{n}-0", repo(n // 3), f"service-{n // 3}-0") for n in range(1, count))
    placed = place(estate(held, asks))
    boxes = [placed.spots[g.key, ""] for g in placed.groups]
    assert len(boxes) == min(count, GROUPS)
    assert sum(len(g.chips) for g in placed.groups) <= CHIPS
    for number, a in enumerate(boxes):
        assert a.x >= 0
        assert a.x + a.width <= 860.0001
        assert a.y + a.height <= placed.height
        for b in boxes[number + 1 :]:
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x
            assert apart or a.y + a.height <= b.y or b.y + b.height <= a.y
    for group in placed.groups:
        box = placed.spots[group.key, ""]
        for chip in group.chips:
            spot = placed.spots[group.key, chip.name]
            assert box.x < spot.x
            assert spot.x + spot.width < box.x + box.width
            assert box.y < spot.y
            assert spot.y + spot.height < box.y + box.height


def test_one_repository_with_four_hundred_services_fits_and_says_what_is_left_out() -> None:
    kept = holding(API, *(f"s{n}" for n in range(60)))
    made = services(estate((replace(kept, total=400),)), "serif")
    assert "340 services with the fewest ties not drawn." in made.words
    assert "1 repository with 400 services" in made.words[0]
    assert "and 340 more" in made.svg


def test_who_asks_lies_above_who_is_asked() -> None:
    placed = place(estate((holding(API, "orders", "z-front"), holding(WEB, "a")), (tie(API, "z-front", API, "orders"), tie(API, "orders", WEB, "a"))))  # fmt: skip
    assert placed.spots[API.key, "z-front"].y < placed.spots[API.key, "orders"].y < placed.spots[WEB.key, "a"].y


def test_forty_repositories_of_four_hundred_are_drawn_and_the_others_counted() -> None:
    held = tuple(holding(repo(n), f"s{n}") for n in range(400))
    ties = (tie(repo(398), "s398", repo(399), "s399"),)
    made = services(estate(held, ties), "serif")
    assert "360 repositories with the fewest ties not drawn: the tables name them." in made.words
    assert "acme/r399" in made.svg, "what is tied is drawn first"
    assert made.tables[1].caption == "Services by repository, the first 200 of 400"


def test_what_is_left_out_and_what_is_unread_is_told() -> None:
    cut = replace(shop(), ties_total=700, outside_total=150, unread=(WEB,), unparsed=2)
    said = " ".join(services(cut, "serif").words)
    assert "695 of 700 ties are left out" in said
    assert "148 further names" in said
    assert "Unknown, and not drawn: acme/web." in said
    assert "2 of 9 files that name services could not be read" in said


def test_nothing_to_draw_unknown_and_not_looked_at_each_say_so() -> None:
    empty = services(estate((holding(API),)), "serif")
    assert empty.svg == ""
    assert "there is nothing to draw" in empty.words[1]
    hole = services(Unknown(Why.UNPARSABLE, "9 of 10 files", "files that parse"), "serif")
    assert hole.words == ("Unknown: could not be parsed (9 of 10 files). What closes it: files that parse.",)
    assert services(None, "serif").words == ("The services of this estate were not looked at.",)
    none = ServiceDrawing((), (), 0, (), 0, (), (), 0, 0)
    assert services(none, "serif").svg == ""


def test_hostile_names_are_words_and_ids_are_ours() -> None:
    made = services(hostile_services(), "serif")
    root = ET.fromstring(made.svg)
    assert {e.tag.rsplit("}", 1)[-1] for e in root.iter()} <= {
        "svg",
        "title",
        "defs",
        "marker",
        "path",
        "rect",
        "text",
        "line",
    }
    assert not [n for e in root.iter() for n in e.attrib if n.startswith("on") or n in {"style", "href"}]
    assert {e.attrib["id"] for e in root.iter() if "id" in e.attrib} <= {f"tie-{kind}" for kind in COLOURS}
    assert "<script>alert(1)</script>" in "".join(root.itertext())
    assert "\u202e" not in made.svg


def test_a_line_to_a_service_that_is_not_shown_ends_at_its_box() -> None:
    held = holding(API, *(f"s{n:03}" for n in range(60)))
    placed = place(estate((held, holding(WEB, "front")), (tie(WEB, "front", API, "gone", sure=Certainty.MEDIUM),)))
    assert placed.end((API.key, "gone")) == placed.spots[API.key, ""]
    assert placed.end(("repo:acme/unheard", "x")) is None


def test_too_many_ties_become_one_line_for_a_kind_between_two_boxes() -> None:
    """Twenty repositories of eight services: each calls its like in the next repository, and some send messages there."""
    held = tuple(holding(repo(n), *(f"s{k}" for k in range(8))) for n in range(20))
    ring = tuple(tie(repo(n), f"s{k}", repo(n + 1), f"s{k}") for n in range(19) for k in range(8))
    made = services(
        estate(held, (*ring, *(tie(repo(n), "s0", repo(n + 1), f"s{k}", "queue") for n in range(5) for k in range(2)))),
        "serif",
    )
    assert len(ring) + 10 == LINES + 2
    assert len(lines(made.svg)) == 19 + 5
    assert any("a line stands for all of a kind between two repositories." in line for line in made.words)
    assert "and 7 more ties" in made.svg
    few = services(estate(held, ring), "serif")
    assert len(lines(few.svg)) == len(ring)
    assert not any("too many to draw" in line for line in few.words)
