"""What a scan of an estate must find, worked out from the stand-in's own records alone.

Each function follows the published definition of one check, in words above it, and shares no code with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from scanner.demo.forge import AlertRecord, DeploymentRecord, PullRecord, RepositoryRecord

PRODUCTION = "production"


def middle(values: list[float]) -> float:
    """The median: of an even number the mean of the middle two."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def hours(span: timedelta) -> float:
    """A time in hours."""
    return span.total_seconds() / 3600


def is_person(login: str) -> bool:
    """Whether an account is a person's; a deleted one counts as one."""
    return not login.endswith("[bot]")


def verdict(deployment: DeploymentRecord, as_of: datetime) -> tuple[str, datetime | None]:
    """SUCCESS, FAILURE or nothing yet by ``as_of``, and when; a success that another has replaced stays one."""
    ends = ("SUCCESS", "FAILURE", "ERROR")
    ended = [(at, state) for state, at in deployment.statuses if state in ends and at <= as_of]
    return (ended[-1][1], ended[-1][0]) if ended else ("", None)


def in_production(repo: RepositoryRecord, as_of: datetime, days: int) -> list[DeploymentRecord]:
    """Production deployments of the last ``days`` days, oldest first."""
    since = as_of - timedelta(days=days)
    return sorted(
        (d for d in repo.deployments if d.environment == PRODUCTION and since < d.at <= as_of), key=lambda d: d.at
    )


def merged_by_people(repo: RepositoryRecord, as_of: datetime) -> list[PullRecord]:
    """People's pull requests merged into the default branch in 90 days."""
    since = as_of - timedelta(days=90)
    return [
        p for p in repo.pulls
        if p.merged_at and since < p.merged_at <= as_of and p.base == repo.default_branch and is_person(p.author)
    ]  # fmt: skip


def deployment_frequency(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Days a week with a successful production deployment, over 90 days; None when the year has none."""
    if not any(verdict(d, as_of)[0] == "SUCCESS" for d in in_production(repo, as_of, 365)):
        return None
    return len({d.at.date() for d in in_production(repo, as_of, 90) if verdict(d, as_of)[0] == "SUCCESS"}) * 7 / 90


def change_failure_rate(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Failed ÷ ended production deployments of 90 days, in percent."""
    ended = [verdict(d, as_of)[0] for d in in_production(repo, as_of, 90) if verdict(d, as_of)[0]]
    return 100 * sum(v != "SUCCESS" for v in ended) / len(ended) if ended else None


def recovery_hours(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Median hours from a failed production deployment to the next success; a failure not yet followed lasts until now."""
    spans: list[float] = []
    broken_at: datetime | None = None
    told = [verdict(d, as_of) for d in in_production(repo, as_of, 365)]
    for at, state in sorted((ended_at, state) for state, ended_at in told if ended_at is not None):
        if state != "SUCCESS":
            broken_at = broken_at or at
        elif broken_at is not None:
            spans.append(hours(at - broken_at))
            broken_at = None
    if broken_at is not None:
        spans.append(hours(as_of - broken_at))
    return middle(spans) if spans else None


def lead_days(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Median days from first commit to the first successful production deployment at or after the merge; else to the merge."""
    live = sorted(
        at for d in in_production(repo, as_of, 365) for state, at in [verdict(d, as_of)] if state == "SUCCESS" and at
    )
    to_live, to_merge = [], []
    for pull in merged_by_people(repo, as_of):
        assert pull.merged_at is not None
        start = min(pull.first_commit_at or pull.created_at, pull.created_at)
        to_merge.append(hours(pull.merged_at - start) / 24)
        later = [at for at in live if at >= pull.merged_at]
        if later:
            to_live.append(hours(later[0] - start) / 24)
    return middle(to_live or to_merge) if to_merge else None


def review_coverage(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Merged changes of people that another person approved before the merge, in percent."""
    merged = merged_by_people(repo, as_of)
    seen = 0
    for pull in merged:
        seen += any(
            r.state == "APPROVED" and is_person(r.author) and r.author != pull.author and pull.merged_at and r.at <= pull.merged_at
            for r in pull.reviews
        )  # fmt: skip
    return 100 * seen / len(merged) if merged else None


def review_wait_hours(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Median hours from opening to the first review by another person; people's changes opened in 90 days."""
    since = as_of - timedelta(days=90)
    waits = []
    for pull in repo.pulls:
        if not (since < pull.created_at <= as_of and is_person(pull.author) and pull.base == repo.default_branch):
            continue
        others = [r.at for r in pull.reviews if is_person(r.author) and r.author != pull.author and r.at <= as_of]
        if others:
            waits.append(hours(min(others) - pull.created_at))
    return middle(waits) if waits else None


def run_success(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """Successful ÷ (successful and failed) runs of pushes to the default branch, created in 90 days and ended, in percent."""
    since = as_of - timedelta(days=90)
    ended = [
        r.conclusion for r in repo.runs
        if r.branch == repo.default_branch and since <= r.created_at and r.finished_at <= as_of and r.conclusion in ("success", "failure")
    ]  # fmt: skip
    return 100 * ended.count("success") / len(ended) if ended else None


def _readable(repo: RepositoryRecord) -> list[AlertRecord]:
    on = {
        "dependency": repo.settings.vulnerability_alerts, "code": repo.settings.code_scanning,
        "secret": repo.settings.secret_scanning,
    }  # fmt: skip
    return [a for a in repo.alerts if on[a.kind]] if repo.admin else []


def alerts_in_time(repo: RepositoryRecord, as_of: datetime) -> float | None:
    """High and critical alerts fixed within 30 days ÷ those fixed or open for longer, in percent; dismissed left out.

    A secret alert is high at least, whatever else is known of it.
    """
    month = timedelta(days=30)
    timely = due = 0
    for alert in _readable(repo):
        serious = alert.kind == "secret" or alert.severity in ("high", "critical")
        if not serious or alert.state == "dismissed":
            continue
        age = (alert.closed_at or as_of) - alert.opened_at
        if alert.state == "fixed" or age > month:
            due += 1
            timely += alert.state == "fixed" and age <= month
    return 100 * timely / due if due else None


def protection_share(repo: RepositoryRecord, _: datetime) -> float | None:
    """Weight of the rules that hold: no forced push or deletion 40, an approval 25, a check 20, admins bound 15."""
    old, sets = repo.protection, repo.rulesets
    if not repo.admin and (old is not None or sets):
        return None  # classic protection is shown to administrators only, so others cannot tell that there is none
    if old is None and not sets:
        return 0.0
    forced = not any(r.blocks_force_push for r in sets) and (old is None or old.allows_force_push)
    deleted = not any(r.blocks_deletion for r in sets) and (old is None or old.allows_deletion)
    approvals = max([r.approvals or 0 for r in sets] + [old.approvals if old else 0])
    checks = bool(old and old.status_checks) or any(r.status_checks for r in sets)
    shown = repo.admin or not sets
    bound = bool(old and old.binds_admins) or (bool(sets) and shown and all(r.bypassing == 0 for r in sets))
    return 40.0 * (not (forced or deleted)) + 25.0 * (approvals > 0) + 20.0 * checks + 15.0 * bound


TRUTH = {
    "PRO-008": deployment_frequency,
    "PRO-012": change_failure_rate,
    "PRO-013": recovery_hours,
    "PRO-011": lead_days,
    "PRO-001": review_coverage,
    "PRO-014": review_wait_hours,
    "PRO-004": run_success,
    "SEC-006": alerts_in_time,
    "PRO-017": protection_share,
}
"""The value each check must give for a repository; None: it must give none."""
