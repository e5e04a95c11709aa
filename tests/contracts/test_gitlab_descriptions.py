"""What the stand-in answers is what GitLab documents, and what we ask is what its schema knows.

GitLab publishes no package of its API's description. For REST the types of @gitbeaker/core stand for it, with what they
lack beside them; for GraphQL the documented part that is asked for stands below.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import graphql
import pytest

import collectors.gitlab
from scanner.core.evidence import Unreadable
from scanner.demo import gitlab_routes
from scanner.demo.routes import Asked
from scanner.http import gitlab_sources
from scanner.http.gitlab import GitlabQuery
from scanner.http.gitlab_sources import GitlabGroupSource
from tests.builders_github import DATA
from tests.builders_gitlab_estate import asking, asking_group

TYPES = Path(__file__).parents[2] / ".npm" / "node_modules" / "@gitbeaker" / "core" / "dist" / "index.d.ts"
PINNED = "a8363d89b88c629ff63ba2ca5a51d0211aa4051b71ffb9f79e8ca50597556922"
"""SHA-256 of the types of @gitbeaker/core 43.8.0."""
DOCS = "https://docs.gitlab.com/api"
MODULES = tuple(
    importlib.import_module(f"collectors.gitlab.{m.name}") for m in pkgutil.iter_modules(collectors.gitlab.__path__)
)
COLLECTORS = tuple(m.COLLECTOR for m in MODULES if hasattr(m, "COLLECTOR"))
QUERIES = {q.name: q for m in (*MODULES, gitlab_sources) for q in vars(m).values() if isinstance(q, GitlabQuery)}
SHAPES = {
    "/projects/[^/]+": "ProjectSchema",
    "/groups/[^/]+/projects": "ProjectSchema",
    "/projects/[^/]+/merge_requests": "MergeRequestSchema",
    "/projects/[^/]+/issues": "IssueSchema",
    "/projects/[^/]+/releases": "ReleaseSchema",
    "/projects/[^/]+/deployments": "DeploymentSchema",
    "/projects/[^/]+/environments": "EnvironmentSchema",
    "/projects/[^/]+/protected_environments": "ProtectedEnvironmentSchema",
    "/projects/[^/]+/protected_branches": "ProtectedBranchSchema",
    "/projects/[^/]+/approval_rules": "ProjectLevelApprovalRuleSchema",
    "/projects/[^/]+/approvals": "ProjectLevelMergeRequestApprovalSchema",
    "/projects/[^/]+/push_rule": "PushRuleSchema",
    "/(projects|groups)/[^/]+/members/all": "SimpleMemberSchema",
    "/projects/[^/]+/deploy_keys": "DeployKeySchema",
    "/projects/[^/]+/access_tokens": "AccessTokenSchema",
    "/(projects|groups)/[^/]+/deploy_tokens": "DeployTokenSchema",
    "/projects/[^/]+/protected_tags": "ProtectedTagSchema",
    "/(projects|groups)/[^/]+/hooks": "ExpandedHookSchema",
    "/(projects|groups)/[^/]+/runners": "RunnerSchema",
    "/projects/[^/]+/dependencies": "",
    "/groups/[^/]+": "GroupSchema",
    "/groups/[^/]+/descendant_groups": "GroupSchema",
    "/groups/[^/]+/billable_members": "BillableGroupMemberSchema",
    "/groups/[^/]+/audit_events": "AuditEventSchema",
    "/metadata": "MetadataSchema",
}
"""By path: the type of an answer, or of an entry of the list that is answered; empty: none has its type."""
_OF_PROJECT = (
    "issues_access_level", "builds_access_level", "statistics", "ci_push_repository_for_job_token_allowed",
    "secret_push_protection_enabled", "forked_from_project",
)  # fmt: skip
BESIDE = {
    "ProjectSchema": (f"{DOCS}/projects/#get-a-single-project", " ".join(_OF_PROJECT)),
    "MergeRequestSchema": (f"{DOCS}/merge_requests/#list-project-merge-requests", "merge_user"),
    "IssueSchema": (f"{DOCS}/issues/#list-project-issues", "issue_type"),
    "ProtectedEnvironmentSchema": (f"{DOCS}/protected_environments/#list-protected-environments", "approval_rules"),
    "ProjectLevelApprovalRuleSchema": (f"{DOCS}/merge_request_approvals/", "applies_to_all_protected_branches"),
    "PushRuleSchema": (f"{DOCS}/project_push_rules/", "project_id"),
    "SimpleMemberSchema": (f"{DOCS}/project_members/", "created_at membership_state locked public_email"),
    "BillableGroupMemberSchema": (f"{DOCS}/group_members/#list-all-billable-members-of-a-group", "locked public_email"),
    "RunnerSchema": (f"{DOCS}/runners/#list-projects-runners", "active"),
    "AuditEventSchema": (f"{DOCS}/audit_events/", "event_name"),
    "": (f"{DOCS}/dependencies/", "name version package_manager dependency_file_path vulnerabilities licenses"),
}  # fmt: skip
"""Documented fields that the types lack, with their page."""
NULLABLE = {
    "ProjectSchema": "license",
    "IssueSchema": "closed_at milestone description",
    "MergeRequestSchema": "merge_user",
    "DeploymentSchema": "deployable",
    "EnvironmentSchema": "external_url",
    "SimpleMemberSchema": "expires_at avatar_url public_email",
    "BillableGroupMemberSchema": "avatar_url public_email",
    "DeployKeySchema": "expires_at",
    "DeployTokenSchema": "expires_at",
    "RunnerSchema": "name",
    "GroupSchema": "avatar_url parent_id",
}
"""Fields that GitLab's examples show as null though the types do not say so."""
PLAIN = {"string": str, "number": int, "boolean": bool}
SCHEMA = """
scalar Time
scalar Duration
type Query { project(fullPath: ID!): Project  group(fullPath: ID!): Group }
type PageInfo { hasNextPage: Boolean!  endCursor: String }
type User { username: String! }
enum NotesFilter { ALL_NOTES ONLY_COMMENTS ONLY_ACTIVITY }
enum MergeRequestState { merged opened closed locked all }
enum IssuableState { opened closed locked all }
enum MergeRequestSort { UPDATED_DESC UPDATED_ASC CREATED_DESC }
enum IssueSort { UPDATED_DESC UPDATED_ASC CREATED_DESC }
enum MilestoneSort { DUE_DATE_DESC DUE_DATE_ASC }
enum VulnerabilitySort { detected_desc detected_asc severity_desc }
enum SecurityReportTypeEnum { API_FUZZING CONTAINER_SCANNING COVERAGE_FUZZING DAST DEPENDENCY_SCANNING SAST SAST_IAC SECRET_DETECTION }
enum VulnerabilitySeverity { INFO UNKNOWN LOW MEDIUM HIGH CRITICAL }
enum VulnerabilityState { CONFIRMED DETECTED DISMISSED RESOLVED }
enum CiRunnerType { GROUP_TYPE INSTANCE_TYPE PROJECT_TYPE }
enum PipelineStatusEnum { CANCELED CREATED FAILED MANUAL PENDING RUNNING SKIPPED SUCCESS }
enum CiJobStatus { CANCELED CREATED FAILED MANUAL PENDING RUNNING SKIPPED SUCCESS }
enum MilestoneStateEnum { active closed }
type Note { body: String!  createdAt: Time!  author: User }
type NoteConnection { pageInfo: PageInfo!  nodes: [Note] }
type UserConnection { nodes: [User] }
type DiffStatsSummary { additions: Int!  deletions: Int!  fileCount: Int! }
type Commit { authoredDate: Time }
type CommitConnection { nodes: [Commit] }
type MergeRequest {
  iid: String!  commitCount: Int  resolvableDiscussionsCount: Int  resolvedDiscussionsCount: Int  updatedAt: Time!
  diffStatsSummary: DiffStatsSummary  approvedBy: UserConnection  commits(first: Int, last: Int): CommitConnection
  notes(filter: NotesFilter, first: Int): NoteConnection!
}
type MergeRequestConnection { count: Int!  nodes: [MergeRequest] }
type Issue { iid: ID!  updatedAt: Time!  notes(filter: NotesFilter, first: Int): NoteConnection! }
type IssueConnection { count: Int!  nodes: [Issue] }
type MilestoneStats { totalIssuesCount: Int  closedIssuesCount: Int }
type Milestone {
  title: String!  dueDate: Time  state: MilestoneStateEnum!  createdAt: Time!  updatedAt: Time!  stats: MilestoneStats
}
type MilestoneConnection { pageInfo: PageInfo!  nodes: [Milestone] }
type CiRunner { runnerType: CiRunnerType! }
type CiJob {
  id: ID  name: String  status: CiJobStatus  queuedDuration: Duration  startedAt: Time  finishedAt: Time  runner: CiRunner
}
type CiJobConnection { nodes: [CiJob] }
type Pipeline {
  iid: String!  sha: String  status: PipelineStatusEnum!  source: String  createdAt: Time!  startedAt: Time  finishedAt: Time
  user: User  jobs(retried: Boolean, first: Int): CiJobConnection
}
type PipelineConnection { pageInfo: PageInfo!  nodes: [Pipeline] }
type CiProjectVariable { key: String  masked: Boolean  protected: Boolean }
type CiProjectVariableConnection { pageInfo: PageInfo!  nodes: [CiProjectVariable] }
type CiGroupVariable { key: String  masked: Boolean  protected: Boolean }
type CiGroupVariableConnection { pageInfo: PageInfo!  nodes: [CiGroupVariable] }
type RepositoryBlob { path: String! }
type RepositoryBlobConnection { nodes: [RepositoryBlob] }
type RepositoryCodeownerError { code: String!  lines: [Int!]! }
type RepositoryCodeownerValidation { total: Int!  validationErrors: [RepositoryCodeownerError!] }
type Repository {
  blobs(ref: String, paths: [String!]!, first: Int): RepositoryBlobConnection
  validateCodeownerFile(ref: String): RepositoryCodeownerValidation
}
type SecurityScanners { enabled: [SecurityReportTypeEnum!] }
type Vulnerability {
  reportType: SecurityReportTypeEnum  severity: VulnerabilitySeverity  state: VulnerabilityState
  detectedAt: Time!  resolvedAt: Time  dismissedAt: Time
}
type VulnerabilityConnection { pageInfo: PageInfo!  nodes: [Vulnerability] }
type Project {
  mergeRequests(iids: [String!], state: MergeRequestState, sort: MergeRequestSort, first: Int): MergeRequestConnection
  issues(iids: [String!], state: IssuableState, sort: IssueSort, first: Int): IssueConnection
  milestones(first: Int, sort: MilestoneSort): MilestoneConnection
  pipelines(ref: String, first: Int, after: String): PipelineConnection
  pipeline(iid: ID): Pipeline
  ciVariables(first: Int): CiProjectVariableConnection
  repository: Repository
  securityScanners: SecurityScanners
  vulnerabilities(first: Int, after: String, sort: VulnerabilitySort): VulnerabilityConnection
}
type Group {
  fullPath: ID!  groupMembersCount: Int!  projectsCount: Int!  parent: Group
  descendantGroups(first: Int, after: String): GroupConnection
  ciVariables(first: Int): CiGroupVariableConnection
}
type GroupConnection { pageInfo: PageInfo!  nodes: [Group] }
"""
"""Written by hand after https://docs.gitlab.com/api/graphql/reference/, partly from memory: no description of GitLab was at hand, and no live one confirmed it."""


@pytest.fixture(scope="module")
def types() -> dict[str, dict[str, str]]:
    """By interface: its fields with their types, those of what it extends included."""
    if not TYPES.is_file():
        pytest.fail(f"{TYPES} is missing: run `make setup`")
    content = TYPES.read_bytes()
    assert hashlib.sha256(content).hexdigest() == PINNED, f"{TYPES} is another version: run `make setup`"
    found: dict[str, dict[str, str]] = {}
    above: dict[str, str] = {}
    for match in re.finditer(
        r"^interface (\w+)(?: extends (\w+)[^{]*)? \{\n(.*?)^\}", content.decode(), re.MULTILINE | re.DOTALL
    ):
        name, base, body = match.groups()
        above[name] = base or ""
        found[name] = {
            k: f"{t} | null" if q else t for k, q, t in re.findall(r"^    (\w+)(\??): (.*?)[;{]", body, re.MULTILINE)
        }
    return {name: _with_above(name, found, above) for name in found}


def _with_above(name: str, found: Mapping[str, dict[str, str]], above: Mapping[str, str]) -> dict[str, str]:
    return (_with_above(above[name], found, above) | found[name]) if name in found else {}


@pytest.fixture(scope="module")
def schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(SCHEMA)


@pytest.fixture(scope="module")
def asked() -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, Any]], ...]]:
    """Every path and every query, with its variables, that Assay asks of a project and its group."""
    queries: list[tuple[str, dict[str, Any]]] = []
    seen: list[str] = []
    for opened, of_group in ((asking, False), (asking_group, True)):
        opening: Any = opened()
        with opening as (ask, standin):
            told = standin.dialect.answer_query

            def noting(data: Any, name: str, variables: Any, told: Any = told) -> Any:
                queries.append((name, dict(variables)))
                return told(data, name, variables)

            standin.dialect = replace(standin.dialect, answer_query=noting)
            for collector in COLLECTORS:
                if (collector.source is GitlabGroupSource) is of_group:
                    with suppress(Unreadable):
                        list(collector.collect(ask))
            ask.source.client.is_community_edition()
            ask.source.client.repositories("acme")
            seen += standin.seen
    return tuple(sorted({name for name in seen if name.startswith("GET ")})), tuple(queries)


def objects(value: object) -> Iterator[dict[str, Any]]:
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))


def test_every_answer_has_the_fields_and_types_that_are_documented(
    asked: tuple[tuple[str, ...], Any], types: dict[str, dict[str, str]]
) -> None:
    checked = set()
    for name in asked[0]:
        path = name.removeprefix("GET ")
        (shape,) = {shape for pattern, shape in SHAPES.items() if re.fullmatch(pattern, path)}
        reply = gitlab_routes.answer(DATA, Asked(name, path, {"per_page": "100"}), licensed=True)
        assert reply.status == 200, name
        documented = BESIDE.get(shape, ("", ""))[1].split()
        nullable = NULLABLE.get(shape, "").split()
        for entry in objects(reply.payload):
            checked.add(shape)
            for field, value in entry.items():
                if field in documented:
                    continue
                assert field in types[shape], f"{name}: {field} is not in {shape}"
                said = types[shape][field]
                if value is None:
                    assert "null" in said or field in nullable, f"{name}: {field} is never null"
                elif said.removesuffix(" | null") in PLAIN:
                    assert type(value) is PLAIN[said.removesuffix(" | null")], f"{name}: {field} is a {said}"
    assert checked >= set(SHAPES.values()) - {"AccessTokenSchema"}


def test_what_the_types_lack_names_its_page_and_is_lacking(types: dict[str, dict[str, str]]) -> None:
    for shape, (page, fields) in BESIDE.items():
        assert page.startswith(f"{DOCS}/")
        assert not set(fields.split()) & set(types.get(shape, {})), f"{shape} has it by now"


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_query_is_valid(name: str, schema: graphql.GraphQLSchema) -> None:
    assert graphql.validate(schema, graphql.parse(QUERIES[name].text)) == []


def test_every_answer_to_a_query_has_the_documented_types(asked: tuple[Any, tuple[Any, ...]], schema: graphql.GraphQLSchema) -> None:  # fmt: skip
    assert {name for name, _ in asked[1]} == set(QUERIES)
    for name, variables in asked[1]:
        reply = gitlab_routes.answer_query(DATA, name, variables, licensed=True)
        assert isinstance(reply.payload, dict)
        told = graphql.execute_sync(
            schema, graphql.parse(QUERIES[name].text), root_value=reply.payload["data"], variable_values=variables,
            field_resolver=lambda source, info, **_: source[info.path.key],
        )  # fmt: skip
        assert told.errors is None, name
        assert told.data == reply.payload["data"], f"{name}: more is answered than was asked for"
