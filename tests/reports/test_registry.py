import subprocess
import sys

from reports.registry import formats


def test_the_formats_are_found_by_name() -> None:
    found = formats()
    assert list(found) == sorted(found)
    assert {"html", "json", "md", "pdf"} <= set(found)
    assert found["json"].filename == "assessment.json"
    for form in found.values():
        assert form.filename.endswith(form.suffix)


def test_finding_the_formats_loads_no_engine() -> None:
    code = (
        "import sys; from reports.registry import formats; formats();"
        "print(*sorted({'typst', 'vl_convert', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
