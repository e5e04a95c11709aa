from scanner.core.evidence import Unknown, Why
from scanner.core.stages import Stage
from scoring.assess import assess
from scoring.gaps import INTERVIEW, NOT_COLLECTED
from tests.builders_scoring import API, HOLE, ORG, WEB, Persons, answer, evidence, inputs, measured, spec

UNANSWERED = Unknown(Why.NOT_ANSWERED, "nobody has answered this question", "answer it")


def test_one_hole_is_one_gap_with_its_subjects_and_the_checks_that_lack_it() -> None:
    holes = (evidence(WEB, content=HOLE), evidence(API, content=HOLE), evidence(API, Persons, content=HOLE))
    answers = (
        answer("PRO-901", API, HOLE, evidence=(holes[1],)), answer("PRO-901", WEB, HOLE, evidence=(holes[0],)),
        answer("PRO-902", ORG, measured(50), evidence=(holes[0], evidence(API)), known=0.5),
    )  # fmt: skip
    gaps = assess(inputs((spec("PRO-901"), spec("PRO-902")), answers, holes=holes)).gaps
    assert [(g.what, g.subjects, g.checks) for g in gaps] == [
        ("Seen", (API, WEB), ("PRO-901", "PRO-902")),
        ("Persons", (API,), ()),
    ]
    assert (gaps[0].why, gaps[0].detail, gaps[0].closes) == (HOLE.why, HOLE.detail, HOLE.closes)


def test_what_was_not_requested_is_a_gap_and_a_caveat_is_not() -> None:
    skipped = evidence(API, content=Unknown(Why.NOT_REQUESTED, "cloud was not asked", "give --cloud"))
    gaps = assess(inputs((), (), holes=(skipped, evidence(WEB, caveat="first 1000 of 4211")))).gaps
    assert [(g.why, g.subjects) for g in gaps] == [(Why.NOT_REQUESTED, (API,))]


def test_a_check_that_found_its_facts_too_thin_is_a_gap_named_by_its_question() -> None:
    thin = Unknown(Why.SAMPLE_TOO_SMALL, "3 changes", "wait")
    answers = (answer("PRO-901", API, thin, evidence=(evidence(API),)), answer("PRO-901", WEB, thin))
    (gap,) = assess(inputs((spec("PRO-901"),), answers)).gaps
    assert (gap.what, gap.why, gap.subjects, gap.checks) == ("Is PRO-901 well?", thin.why, (API, WEB), ("PRO-901",))


def test_a_fact_that_nobody_collected_is_one_gap_for_all_checks_that_need_it() -> None:
    none = Unknown(Why.NOT_REQUESTED, "Seen was not collected")
    answers = (answer("PRO-901", API, none), answer("PRO-902", API, none), answer("PRO-902", WEB, none))
    (gap,) = assess(inputs((spec("PRO-901"), spec("PRO-902")), answers)).gaps
    assert (gap.what, gap.subjects, gap.checks) == (NOT_COLLECTED, (API, WEB), ("PRO-901", "PRO-902"))


def test_unanswered_questions_are_an_agenda_by_swing_and_one_gap() -> None:
    # Review weighs 1 of 2 practices: 901 has 3/4 of it (37.5 points), 902 a quarter (12.5); 903 is known.
    specs = (spec("PRO-901", weight=3.0), spec("PRO-902"), spec("PRO-903", practice="flow"))
    answers = (answer("PRO-901", ORG, UNANSWERED), answer("PRO-902", ORG, UNANSWERED), answer("PRO-903", ORG, 50))
    result = assess(inputs(specs, answers))
    assert [(q.check, q.stage, q.swing) for q in result.questions] == [
        ("PRO-901", Stage.PROCESS, 37.5),
        ("PRO-902", Stage.PROCESS, 12.5),
    ]
    (gap,) = result.gaps
    assert (gap.what, gap.why, gap.subjects, gap.checks) == (
        INTERVIEW,
        Why.NOT_ANSWERED,
        (ORG,),
        ("PRO-901", "PRO-902"),
    )


def test_only_the_open_part_of_a_question_swings() -> None:
    # One of two equal repositories is answered, the check is the whole stage: 50 points remain open.
    answers = (answer("PRO-901", API, 80), answer("PRO-901", WEB, UNANSWERED))
    assert [q.swing for q in assess(inputs((spec("PRO-901"),), answers)).questions] == [50]
