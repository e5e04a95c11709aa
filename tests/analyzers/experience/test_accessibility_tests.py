import pytest

from analyzers.experience.accessibility_tests import accessibility_tests
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import Tree
from tests.builders_checks_c import interface, measured, pipeline, pipelines, toolkit, tree, unreadable


def test_a_pipeline_beats_a_library() -> None:
    used = toolkit(accessibility=("axe-core",))
    assert measured(accessibility_tests(interface(), used, pipelines(pipeline("accessibility")))) == 100
    assert measured(accessibility_tests(interface(), used, pipelines())) == 60
    assert measured(accessibility_tests(interface(), toolkit(), pipelines())) == 0


@pytest.mark.parametrize(
    "without",
    [
        tree(),
        tree("templates/mail.html", "templates/mail.css", "app/main.py"),
        tree(*(f"docs/page{n}.html" for n in range(9)), role="documentation"),
        tree(*(f"static/vendor/x{n}.css" for n in range(9)), role="vendored"),
    ],
)
def test_mail_templates_and_documentation_are_no_interface(without: Tree) -> None:
    assert isinstance(accessibility_tests(without, toolkit(), pipelines()), NotApplicable)


def test_an_unreadable_pipeline_may_run_them() -> None:
    assert isinstance(accessibility_tests(interface(), toolkit(), unreadable()), Unknown)


def test_an_android_manifest_is_an_interface() -> None:
    assert measured(accessibility_tests(tree("app/src/main/AndroidManifest.xml"), toolkit(), pipelines())) == 0
