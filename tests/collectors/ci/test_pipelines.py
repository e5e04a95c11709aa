import pytest

from collectors.ci.pipelines import family_of, read
from scanner.facts.ci import Pipeline

GITLAB = b"""\
stages: [test, deploy]
include:
  - template: Security/SAST.gitlab-ci.yml
variables: {DB_PASSWORD: hunter2hunter2}
unit:
  stage: test
  timeout: 10m
  script: [pip install ., pytest]
  cache: {paths: [.cache]}
ship:
  stage: deploy
  script: [kubectl apply -f k8s]
  environment: {name: production}
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
.hidden: {script: [cargo test]}
"""
CIRCLE = b"""\
version: 2.1
orbs: {node: circleci/node@5.1.0, aws: circleci/aws-cli@volatile}
jobs:
  build:
    docker: [{image: cimg/node:18.1}]
    steps:
      - checkout
      - restore_cache: {keys: [a]}
      - run: npm test
      - run: {name: Lint, command: npm run lint}
workflows:
  main: {jobs: [build]}
"""
JENKINS = b"""\
pipeline {
  agent any
  triggers { cron('H 4 * * *') }
  stages {
    stage('Build') { steps { sh './mvnw -B package' } }
    stage('Checks') { steps { sh '''
      trivy fs .
      curl https://x.example | bash
    ''' } }
    stage('Deploy to prod') { steps { build 'other' } }
  }
}
"""
AZURE = b"""\
trigger: {branches: {include: [main]}}
stages:
  - stage: build
    jobs:
      - job: a
        timeoutInMinutes: 5
        steps:
          - script: dotnet test
          - task: PublishCodeCoverageResults@1
  - stage: ship
    jobs:
      - deployment: web
        environment: production
"""


def one(path: str, content: bytes) -> Pipeline:
    (made,) = read(path, content, "main").pipelines
    return made


def test_gitlab() -> None:
    made = one(".gitlab-ci.yml", GITLAB)
    assert made.steps == ("deploy", "scan", "test")
    assert (made.jobs, made.timeouts, made.environments, made.caches, made.on_change) == (
        2,
        1,
        ("production",),
        True,
        True,
    )
    weaknesses = read(".gitlab-ci.yml", GITLAB, "").weaknesses
    assert [(w.rule, w.line) for w in weaknesses] == [("plain-secret", 4)]
    assert "hunter2" not in repr(weaknesses)


def test_circleci() -> None:
    made = one(".circleci/config.yml", CIRCLE)
    assert made.steps == ("lint", "test")
    assert made.caches
    assert [(u.name, u.pin) for u in read(".circleci/config.yml", CIRCLE, "").uses] == [
        ("circleci/node", "tag"),
        ("circleci/aws-cli", "branch"),
    ]


def test_jenkins() -> None:
    made = one("ci/Jenkinsfile", JENKINS)
    assert made.steps == ("build", "deploy", "scan", "test")
    assert made.jobs == 3
    assert made.on_schedule
    assert [(w.rule, w.line) for w in read("Jenkinsfile", JENKINS, "").weaknesses] == [("curl-pipe-shell", 8)]


def test_azure() -> None:
    made = one("azure-pipelines.yml", AZURE)
    assert made.steps == ("coverage", "deploy", "test")
    assert (made.jobs, made.timeouts, made.environments, made.on_change) == (2, 1, ("production",), True)


@pytest.mark.parametrize(
    ("path", "content", "system", "steps"),
    [
        (".travis.yml", b"language: python\nscript:\n  - pytest\n", "travis", ("test",)),
        (
            ".buildkite/pipeline.yml",
            b"steps:\n  - command: cargo test\n    timeout_in_minutes: 3\n",
            "buildkite",
            ("test",),
        ),
        (
            ".drone.yml",
            b"kind: pipeline\nsteps:\n  - name: a\n    image: golang\n    commands: [go vet ./...]\ntrigger: {event: [push]}\n",
            "drone",
            ("lint",),
        ),
        (
            "bitbucket-pipelines.yml",
            b"pipelines:\n  default:\n    - step:\n        deployment: production\n        script: [npm test]\n",
            "bitbucket",
            ("deploy", "test"),
        ),
        (
            "appveyor.yml",
            b"build_script:\n  - cmd: dotnet build\ntest_script:\n  - cmd: dotnet test\n",
            "appveyor",
            ("build", "test"),
        ),
        (".cirrus.yml", b"task:\n  container: {image: rust}\n  test_script: cargo test\n", "cirrus", ("test",)),
        (
            ".tekton/build.yaml",
            b"apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps:\n    - image: x\n      script: make test\n",
            "tekton",
            ("test",),
        ),
    ],
)
def test_the_smaller_systems(path: str, content: bytes, system: str, steps: tuple[str, ...]) -> None:
    made = one(path, content)
    assert (made.system, made.steps) == (system, steps)


@pytest.mark.parametrize(
    "path",
    [
        ".gitlab-ci.yml",
        ".circleci/config.yml",
        "Jenkinsfile",
        "azure-pipelines.yml",
        ".travis.yml",
        ".github/workflows/a.yml",
        ".drone.yml",
    ],
)
@pytest.mark.parametrize(
    "content", [b"", b"a: [", b"[" * 300, b"\x00\xff\xfe", b"a: &a [*a]", b"plain text", b"- 1\n- 2"]
)
def test_broken_files_are_value_errors(path: str, content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(path, content, "")


def test_files_of_no_ci_system() -> None:
    assert family_of("src/main.py") is None
    assert family_of("docs/azure-notes.md") is None
