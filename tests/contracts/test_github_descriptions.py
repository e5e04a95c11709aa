"""What the stand-in answers is what GitHub describes, and what we ask is what its schema knows."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import graphql
import pytest
from jsonschema import Draft4Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

import collectors.github
from scanner.core.collecting import Collector
from scanner.core.evidence import Unreadable
from scanner.demo import routes
from scanner.demo.forge import AutomationRecord
from scanner.demo.routes import Asked
from scanner.demo.standin import Fault
from scanner.http.github import associations, listing, plans
from scanner.http.github.graphql import Query
from scanner.http.github.sources import GithubRepositorySource
from tests.builders import AS_OF
from tests.builders_github import ACME, DATA, asking, asking_organisation, data

PACKAGES = Path(__file__).parents[2] / ".npm" / "node_modules" / "@octokit"
REST = PACKAGES / "openapi" / "generated" / "api.github.com.json"
ENTERPRISE = PACKAGES / "openapi" / "generated" / "ghec.json"
GRAPHQL = PACKAGES / "graphql-schema" / "schema.graphql"
PINNED = {
    REST: "829b4bebb19a53133289f7b0bc819f4f1118115821db2ca9f25e9ee995a7da2a",
    ENTERPRISE: "3224a411049a9d421d42ae8575172d4cb4778f4a978afddd030168aaf6f3dd51",
    GRAPHQL: "3c62d0526d133cee53221c89de9b455ade24db78b9e7ad56d642c4c15bce2654",
}
"""SHA-256 of @octokit/openapi 23.0.2 and @octokit/graphql-schema 15.26.1."""
SWITCHED_OFF = replace(
    data(automation=AutomationRecord(enabled=False), environments=(), secrets=(), codeowners_errors=(), packages=()),
    organisation=replace(ACME, automation=AutomationRecord(enabled=False), apps=(), hooks=(), security_managers=()),
)
MODULES = tuple(
    importlib.import_module(f"collectors.github.{m.name}") for m in pkgutil.iter_modules(collectors.github.__path__)
)
COLLECTORS = tuple(m.COLLECTOR for m in MODULES)
QUERIES = {
    q.name: q for m in (*MODULES, associations, listing, plans) for q in vars(m).values() if isinstance(q, Query)
}


def read(path: Path) -> bytes:
    if not path.is_file():
        pytest.fail(f"{path} is missing: run `make setup`")
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == PINNED[path], f"{path} is another version: run `make setup`"
    return content


def _or_null(keyword: str) -> Any:
    plain = Draft4Validator.VALIDATORS[keyword]

    def check(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if instance is None and schema.get("nullable"):
            return
        yield from plain(validator, value, instance, schema)

    return check


OpenApiValidator = extend(Draft4Validator, {k: _or_null(k) for k in ("type", "enum", "allOf", "anyOf", "oneOf")})
"""JSON Schema as OpenAPI 3.0 writes it: null where a schema says ``nullable``."""


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """GitHub's, with the audit log that only its enterprise cloud has."""
    described: dict[str, Any] = json.loads(read(REST))
    enterprise = json.loads(read(ENTERPRISE))
    path = "/orgs/{org}/audit-log"
    described["paths"][path] = enterprise["paths"][path]
    for kind in ("schemas", "parameters", "examples"):
        described["components"][kind] = enterprise["components"][kind] | described["components"][kind]
    return described


@pytest.fixture(scope="module")
def registry(description: dict[str, Any]) -> Registry[Any]:
    resource = Resource.from_contents(description, default_specification=DRAFT4)
    return Registry().with_resource("urn:github", resource)


@pytest.fixture(scope="module")
def schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(read(GRAPHQL).decode(), assume_valid=True)


@pytest.fixture(scope="module")
def asked() -> tuple[str, ...]:
    """Everything that Assay asks of a repository and its organisation, by name."""
    seen: list[str] = []
    for given in (DATA, data(private=False), data(admin=False, private=False, protection=None)):
        with asking(given) as (ask, standin):
            for collector in COLLECTORS:
                with suppress(Unreadable):
                    if collector.source is GithubRepositorySource:
                        list(collector.collect(ask))
            seen += standin.seen
    with asking_organisation(faults=(("POST /graphql Listing", Fault.HIDDEN),)) as (ask, standin):
        for collector in COLLECTORS:
            if collector.source is not GithubRepositorySource:
                list(collector.collect(ask))
        ask.source.client.preflight()
        ask.source.client.repositories("acme")
        seen += standin.seen
    return tuple(dict.fromkeys(seen))


def template(description: dict[str, Any], path: str) -> str:
    """The path template of the description that fits ``path``; the one with the fewest holes."""
    fits = [t for t in description["paths"] if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", t), path)]
    return min(fits, key=lambda t: t.count("{"))


def checked(description: dict[str, Any], registry: Registry[Any], path: str, reply: routes.Reply) -> None:
    """``reply`` is one of the answers that GitHub describes for ``path``."""
    fitting = template(description, path)
    responses = description["paths"][fitting]["get"]["responses"]
    code = str(reply.status)
    assert code in responses, f"GitHub does not answer {fitting} with {code}"
    where = f"#/paths/{_escaped(fitting)}/get/responses/{code}"
    described = responses[code]
    if "$ref" in described:
        where = described["$ref"]
        described = description["components"]["responses"][where.rpartition("/")[2]]
    content = described.get("content")
    if not content:
        assert reply.payload is None
        return
    pointer = {"$ref": f"urn:github{where}/content/{_escaped('application/json')}/schema"}
    OpenApiValidator(pointer, registry=registry).validate(reply.payload)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def test_every_answer_of_the_stand_in_is_one_that_github_describes(
    asked: tuple[str, ...], description: dict[str, Any], registry: Registry[Any]
) -> None:
    paths = [name.removeprefix("GET ") for name in asked if name.startswith("GET ")]
    for path in paths:
        for given in (
            DATA,
            data(settings=DATA.repositories[1].settings),
            data(protection=None),
            data(admin=False),
            SWITCHED_OFF,
        ):
            reply = routes.answer(given, Asked(f"GET {path}", path, {"per_page": "100"}))
            if reply.status < 400:
                checked(description, registry, path, reply)
    unasked = [r.pattern for r, _ in routes._ROUTES if not any(r.fullmatch(p) for p in paths)]
    assert unasked == ["/users/(?P<user>[^/]+)/repos"]
    users = "/users/ann/repos"
    checked(description, registry, users, routes.answer(DATA, Asked("", users, {"per_page": "100"})))


def test_the_validator_is_not_asleep(description: dict[str, Any], registry: Registry[Any]) -> None:
    path = "/repos/acme/api"
    reply = routes.answer(DATA, Asked("", path))
    assert isinstance(reply.payload, dict)
    for spoilt in (reply.payload | {"archived": "no"}, reply.payload | {"owner": None}, {}):
        with pytest.raises(ValidationError):
            checked(description, registry, path, reply._replace(payload=spoilt))


def test_every_parameter_we_send_is_described(asked: tuple[str, ...], description: dict[str, Any]) -> None:
    sent = {
        "/repos/acme/api/actions/runs": {"branch", "status", "exclude_pull_requests", "created", "per_page", "page"},
        "/repos/acme/api/collaborators": {"affiliation", "per_page", "page"},
        "/repos/acme/api/secret-scanning/alerts": {"hide_secret", "per_page"},
        "/repos/acme/api/environments": {"per_page", "page"},
        "/repos/acme/api/actions/secrets": {"per_page", "page"},
        "/repos/acme/api/dependabot/secrets": {"per_page", "page"},
        "/repos/acme/api/actions/runs/11/attempts/1/jobs": {"per_page", "page"},
        "/orgs/acme/members": {"role", "filter", "per_page", "page"},
        "/orgs/acme/installations": {"per_page", "page"},
        "/orgs/acme/hooks": {"per_page", "page"},
        "/orgs/acme/actions/runners": {"per_page", "page"},
        "/orgs/acme/actions/secrets": {"per_page", "page"},
        "/orgs/acme/organization-roles/8132/teams": {"per_page", "page"},
        "/orgs/acme/audit-log": {"per_page"},
        "/orgs/acme/repos": {"type", "per_page", "page"},
    }
    for path, names in sent.items():
        assert f"GET {path}" in asked
        parameters = description["paths"][template(description, path)]["get"]["parameters"]
        resolved = [p if "name" in p else description["components"]["parameters"][p["$ref"].rpartition("/")[2]] for p in parameters]  # fmt: skip
        assert names <= {p["name"] for p in resolved}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_query_is_one_read_that_the_schema_knows(query: Query, schema: graphql.GraphQLSchema) -> None:
    document = graphql.parse(query.document)
    assert [d.operation for d in document.definitions] == [graphql.OperationType.QUERY]
    assert graphql.validate(schema, document) == []


@pytest.mark.parametrize("parts", [True, False])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_stand_ins_answer_has_the_shape_of_the_query(
    query: Query, parts: bool, schema: graphql.GraphQLSchema
) -> None:
    variables = {"owner": "acme", "name": "api", "login": "acme", "size": 100, "after": None} | dict.fromkeys(
        ("pullRequests", "issues", "releases", "deployments", "milestones", "discussions", "codeowners", "rulesets"),
        parts,
    )
    answered = routes.answer_query(DATA, query.name, variables).payload
    assert isinstance(answered, dict)
    answered["data"]["rateLimit"] = routes.graphql.rate_limit(routes.graphql.points(query.name, variables), 9, AS_OF)
    result = graphql.execute_sync(
        schema,
        graphql.parse(query.document),
        root_value=answered["data"],
        variable_values={k: v for k, v in variables.items() if f"${k}:" in query.text},
        field_resolver=lambda source, info, **_: source[info.path.key],
        type_resolver=lambda value, *_: value.get("__typename", "ReopenedEvent"),
    )
    assert result.errors is None
    assert result.data == answered["data"]


def test_no_query_goes_unanswered() -> None:
    assert set(QUERIES) == set(routes.graphql.ANSWERS)


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda c: c.name)
def test_every_collector_names_its_permissions(collector: Collector[Any]) -> None:
    assert bool(collector.permissions) is (collector.name != "github-other-notions")
    assert collector.name.startswith("github-")
    assert "github:ORG" in collector.absent
