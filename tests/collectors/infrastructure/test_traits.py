import pytest

from collectors.infrastructure.traits import signals, traits
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.tree import Role, TreeEntry

NO_PIPELINES = Pipelines((), (), (), ())


def entry(path: str, role: Role = "product") -> TreeEntry:
    return TreeEntry(path, "0" * 40, "file", 1, role)


def test_signals_of_code() -> None:
    found = signals(b"""\
import os
URL = os.environ["URL"]
# BASE = "https://api.acme.io/v1"
BASE = "https://api.acme.io/v1"
LOCAL = "http://localhost:8000"
DB = "postgres://user@10.2.3.4:5432/x"
HOST = '192.168.1.20'
VERSION = "1.2.3.4000"
engine = create_engine("sqlite:///local.db")
@app.get("/healthz")
""")
    assert found.reads_environment
    assert found.endpoints == (4, 6, 7)
    assert found.local_state == (9,)
    assert found.health


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"'" * 400_000, (b'"https://' + b"a" * 300) * 300, b"x = '/health' + 1\n" * 3]
)
def test_odd_bytes_are_read_in_bounds(content: bytes) -> None:
    assert len(signals(content).endpoints) <= 20


def test_signals_by_path() -> None:
    entries = [
        entry("api/openapi.yaml"), entry("proto/a.proto"), entry("db/migrate/001_a.rb"), entry("app/migrations/__init__.py"), entry("app/migrations/0001_initial.py"), entry("perf/locustfile.py", "test"),
        entry("ops/grafana/board.json"), entry("ops/prometheus-rules.yaml"), entry("ops/slo.yaml"), entry("node_modules/x/openapi.yaml", "vendored"), entry(".github/workflows/stress-test.yml"),
    ]  # fmt: skip
    fact = traits(entries, [], NO_PIPELINES)
    assert fact.api_contracts == ("api/openapi.yaml", "proto/a.proto")
    assert fact.migrations == ("app/migrations/0001_initial.py", "db/migrate/001_a.rb")
    assert fact.load_tests == ("perf/locustfile.py",)
    assert fact.dashboards == ("ops/grafana/board.json",)
    assert fact.alerts == ("ops/prometheus-rules.yaml",)
    assert fact.slos == ("ops/slo.yaml",)
    assert not fact.deployable


def test_deployable() -> None:
    assert traits([entry("Dockerfile")], [], NO_PIPELINES).deployable
    assert not traits([entry("examples/Dockerfile", "example")], [], NO_PIPELINES).deployable
    ship = Pipeline("ci.yml", "gitlab-ci", "ci", True, False, ("deploy",), 1, 0, (), False, False)
    assert traits([], [], Pipelines((ship,), (), (), ())).deployable
