from analyzers.security.writing_apps import writing_apps
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Organisation
from tests.builders_checks_b import measured, plain


def test_apps_that_only_read_do_not_count() -> None:
    assert measured(writing_apps(plain(Organisation, apps=9, apps_writing=4))).value == 4
    assert measured(writing_apps(plain(Organisation, apps=9, apps_writing=0))).value == 0


def test_none_is_no_question_and_not_shown_no_answer() -> None:
    assert isinstance(writing_apps(plain(Organisation, apps=0, apps_writing=0)), NotApplicable)
    assert isinstance(writing_apps(plain(Organisation)), Unknown)
