import pytest

from collectors.ci.steps import pipes_download_to_shell, steps_of_action, steps_of_script


@pytest.mark.parametrize(
    ("script", "steps"),
    [
        ("pytest -x", {"test"}),
        ("uv run --locked tox run -e py312", {"test"}),
        ("tox -e lint", {"lint"}),
        ("uv run --locked --no-default-groups --group dev tox run", {"test"}),
        ("poetry run mypy src && poetry run ruff check", {"type-check", "lint"}),
        ("python -m pytest --cov=src", {"test", "coverage"}),
        ("CGO_ENABLED=0 go test ./... -coverprofile c.out", {"test", "coverage"}),
        ("npm ci\nnpm run lint\nnpm run build:prod", {"lint", "build"}),
        ("yarn e2e", {"end-to-end"}),
        ("./gradlew :app:check --no-daemon", {"test"}),
        ("./mvnw -B verify", {"build", "test"}),
        ("make deploy", {"deploy"}),
        ("make", {"build"}),
        ("docker build \\\n  -t x . && docker push x", {"package"}),
        ("sudo helm upgrade --install app ./chart", {"deploy"}),
        ("cosign sign $IMAGE; syft $IMAGE", {"sign", "sbom"}),
        ("echo pytest", set()),
        ("pip install pytest", set()),
        ("mkdocs gh-deploy", {"docs"}),
        ("terraform plan", set()),
        ("alembic upgrade head", {"migrate"}),
    ],
)
def test_what_commands_do(script: str, steps: set[str]) -> None:
    assert steps_of_script(script) == steps


def test_what_actions_do() -> None:
    assert steps_of_action("github/codeql-action/analyze") == ("scan",)
    assert steps_of_action("Codecov/codecov-action") == ("coverage",)
    assert steps_of_action("someone/else") == ()


def test_downloads_piped_to_a_shell() -> None:
    assert pipes_download_to_shell("curl -fsSL https://x | bash -s -- -y")
    assert pipes_download_to_shell("wget -qO- https://x | sudo sh")
    assert not pipes_download_to_shell("curl https://x | jq .")
    assert not pipes_download_to_shell("curl -o install.sh https://x")
