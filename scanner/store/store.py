"""Scans, evidence and assessments: written a repository at a time, read back as ledgers."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from sqlalchemy import delete, insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from scanner.core.assessment import Assessment
from scanner.core.evidence import Evidence, Fact, Ledger, Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable
from scanner.core.subjects import Kind, Subject
from scanner.store.codec import Undecodable, decode, encode, fact_types
from scanner.store.database import StoreError, open_engine, said
from scanner.store.tables import (
    AssessmentRow,
    ContentRow,
    EngagementRow,
    EvidenceRow,
    FindingRow,
    IndicatorRow,
    ScanRow,
    SubjectRow,
)  # fmt: skip

_LARGE_BYTES = 2_000
"""Packed contents from here on are not kept in memory, but read again when they are needed."""
_ROWS_AT_ONCE = 1_000
_PASSING = tuple(why.value for why in (Why.RATE_LIMITED, Why.UNREACHABLE, Why.TIMED_OUT))
"""Reasons of holes that may be gone within the hour."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan as the list of scans shows it."""

    id: int
    engagement: str
    title: str
    as_of: dt.date
    targets: tuple[str, ...]
    complete: bool
    tool_version: str
    model_version: str
    overall: float | None
    coverage: float | None
    reconstructed: bool = False


Claim = Callable[[int], bool]
"""Claims the scan of that number for this process; False when another process works on it."""


def _anybody(_: int) -> bool:
    return True


class Store:
    """The database of one user. Every method is one transaction, and raises StoreError when the database fails."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A session; what the database refuses (locked, full, damaged) is a StoreError."""
        try:
            with Session(self._engine) as session:
                yield session
        except DBAPIError as error:
            raise StoreError(f"the database failed: {said(error)}") from None

    def begin(
        self, engagement: str, title: str, as_of: dt.date, targets: tuple[str, ...], tool_version: str, now: dt.datetime,
        claim: Claim = _anybody, *, reconstructed: bool = False,
    ) -> Scan:  # fmt: skip
        """A new scan, or the unfinished one of the same engagement, date, targets and version, to be resumed.

        One that ``claim`` refuses is another process's: two would drop what the other has stored.
        """
        while True:
            scan = self._begun(engagement, title, as_of, targets, tool_version, now, claim, reconstructed)
            if claim(scan.id):
                return scan

    def _begun(
        self, engagement: str, title: str, as_of: dt.date, targets: tuple[str, ...], tool_version: str, now: dt.datetime,
        claim: Claim, reconstructed: bool,
    ) -> Scan:  # fmt: skip
        with self._session() as session:
            if session.get(EngagementRow, engagement) is None:
                session.add(EngagementRow(id=engagement, title=title))
                session.flush()
            wanted = json.dumps(sorted(targets))
            unfinished = session.exec(
                select(ScanRow)
                .where(
                    ScanRow.engagement_id == engagement,
                    ScanRow.as_of == as_of,
                    ScanRow.targets == wanted,
                    ScanRow.tool_version == tool_version,
                    ScanRow.state == "running",
                    col(ScanRow.reconstructed).is_(reconstructed),
                )
                .order_by(col(ScanRow.id))
            ).all()
            row = next((one for one in unfinished if one.id is not None and claim(one.id)), None)
            if row is None:
                row = ScanRow(
                    engagement_id=engagement,
                    as_of=as_of,
                    targets=wanted,
                    tool_version=tool_version,
                    started_at=_utc(now),
                    reconstructed=reconstructed,
                )
                session.add(row)
            session.commit()
            return _scan(row, title)

    def abandon(self, engagement: str, as_of: dt.date, claim: Claim = _anybody) -> None:
        """Drop the unfinished scans of ``engagement`` and that date that ``claim`` grants, with all that they stored."""
        with self._session() as session:
            rows = session.exec(
                select(ScanRow).where(
                    ScanRow.engagement_id == engagement, ScanRow.as_of == as_of, ScanRow.state == "running"
                )
            ).all()
            for row in rows:
                if row.id is None or not claim(row.id):
                    continue
                for table in (EvidenceRow, SubjectRow):
                    session.exec(delete(table).where(col(table.scan_id) == row.id))
                session.delete(row)
            session.commit()

    def record(
        self, scan: Scan, subject: Subject, input_key: str, outcome: str, evidence: Iterable[Evidence], now: dt.datetime,
        detail: str = "", reuse_key: str | None = None,
    ) -> None:  # fmt: skip
        """Store all evidence on ``subject``, replacing what an interrupted run left.

        With ``reuse_key``, facts not in ``evidence`` are adopted from the newest scan of the engagement
        that stored the subject under that input key.
        """
        with self._session() as session:
            adopted = self._adoptable(session, scan, subject, reuse_key) if reuse_key else []
            _forget(session, scan.id, subject)
            bodies: dict[str, bytes] = {}
            rows: dict[str, EvidenceRow] = {row.fact: row for row in adopted}
            for given in evidence:
                item, digest, body = _storable(given)
                if digest is not None:
                    bodies[digest] = body
                rows[item.fact_type.__name__] = _evidence_row(scan.id, item, digest, now)
            present = (
                set(session.exec(select(ContentRow.digest).where(col(ContentRow.digest).in_(bodies))).all())
                if bodies
                else set()
            )
            session.add_all(ContentRow(digest=d, body=b) for d, b in sorted(bodies.items()) if d not in present)
            session.flush()
            session.add_all(rows.values())
            session.add(
                SubjectRow(scan_id=scan.id, key=subject.key, input_key=input_key, outcome=outcome, detail=detail)
            )
            session.commit()

    def _adoptable(self, session: Session, scan: Scan, subject: Subject, input_key: str) -> list[EvidenceRow]:
        source = session.exec(
            select(SubjectRow)
            .join(ScanRow, col(ScanRow.id) == col(SubjectRow.scan_id))
            .where(
                ScanRow.engagement_id == scan.engagement,
                SubjectRow.key == subject.key,
                SubjectRow.input_key == input_key,
                SubjectRow.outcome == "read",
            )
            .order_by(col(SubjectRow.id).desc())
        ).first()
        if source is None:
            return []
        old = session.exec(
            select(EvidenceRow).where(EvidenceRow.scan_id == source.scan_id, EvidenceRow.subject_key == subject.key)
        ).all()
        return [EvidenceRow(**row.model_dump(exclude={"id", "scan_id"}), scan_id=scan.id) for row in old]

    def known_keys(self, engagement: str) -> dict[Subject, frozenset[str]]:
        """The input keys under which each repository of the engagement was ever read whole."""
        with self._session() as session:
            rows = session.exec(
                select(SubjectRow.key, SubjectRow.input_key)
                .join(ScanRow, col(ScanRow.id) == col(SubjectRow.scan_id))
                .where(ScanRow.engagement_id == engagement, SubjectRow.outcome == "read", SubjectRow.input_key != "")
            ).all()
        keys: dict[Subject, set[str]] = {}
        for subject_key, input_key in rows:
            keys.setdefault(Subject.parse(subject_key), set()).add(input_key)
        return {subject: frozenset(found) for subject, found in keys.items()}

    def stored_keys(self, scan: Scan, planned: Collection[Subject]) -> dict[Subject, str]:
        """The input key of each of ``planned`` that an interrupted run of ``scan`` read; what else it stored is dropped.

        One is left out while something of it stayed unknown for a reason that passes: it is asked for again.
        """
        with self._session() as session:
            rows = session.exec(select(SubjectRow).where(SubjectRow.scan_id == scan.id)).all()
            holes = select(EvidenceRow.subject_key).where(
                EvidenceRow.scan_id == scan.id, col(EvidenceRow.why).in_(_PASSING)
            )
            open_still = set(session.exec(holes.distinct()).all())
            found = {
                Subject.parse(row.key): row.input_key
                for row in rows
                if row.outcome == "read" and row.key not in open_still
            }
            for subject in {Subject.parse(row.key) for row in rows} - set(planned):
                _forget(session, scan.id, subject)
            session.commit()
        return {subject: key for subject, key in found.items() if subject in planned}

    def ledger(self, scan_id: int) -> Ledger:
        """All evidence of a scan. Content that no longer fits this version is a hole, and says so."""
        out = Ledger()
        with self._session() as session:
            rows = session.exec(
                select(EvidenceRow, ContentRow.body)
                .join(ContentRow, col(ContentRow.digest) == col(EvidenceRow.digest), isouter=True)
                .where(EvidenceRow.scan_id == scan_id)
                .execution_options(yield_per=500)
            )
            types = fact_types()
            for row, joined in rows:
                if row.fact not in types:
                    continue
                body: bytes | None = joined
                item = Evidence(
                    Subject.parse(row.subject_key), types[row.fact], _content(row, body), row.source, row.collector, row.version,
                    row.commit, row.caveat, row.digest or "",
                )  # fmt: skip
                if body is None or len(body) < _LARGE_BYTES or isinstance(item.content, Unknown):
                    out.add(item)
                else:
                    out.defer(item, partial(decode, row.fact, body))
        return out

    def finish(self, scan: Scan, assessment: Assessment, published: bytes, now: dt.datetime) -> None:
        """Store the assessment and mark the scan complete."""
        with self._session() as session:
            for table in (IndicatorRow, FindingRow, AssessmentRow):
                session.exec(delete(table).where(col(table.scan_id) == scan.id))
            for rows, found in (
                (IndicatorRow, _indicators(scan.id, assessment)),
                (FindingRow, _findings(scan.id, assessment)),
            ):
                while part := list(islice(found, _ROWS_AT_ONCE)):
                    session.exec(insert(rows), params=part)
            session.add(
                AssessmentRow(scan_id=scan.id, model_version=assessment.model_version, body=zlib.compress(published))
            )
            row = session.get_one(ScanRow, scan.id)
            row.state, row.finished_at, row.model_version = "complete", _utc(now), assessment.model_version
            row.overall, row.coverage = assessment.overall.score, assessment.overall.coverage
            session.add(row)
            session.commit()

    def scans(self, engagement: str | None = None) -> list[Scan]:
        """All scans, oldest ``as_of`` first."""
        with self._session() as session:
            query = select(ScanRow, EngagementRow).join(
                EngagementRow, col(EngagementRow.id) == col(ScanRow.engagement_id)
            )
            if engagement is not None:
                query = query.where(ScanRow.engagement_id == engagement)
            return [
                _scan(row, owner.title)
                for row, owner in session.exec(query.order_by(col(ScanRow.as_of), col(ScanRow.id)))
            ]

    def earlier(self, engagement: str, as_of: dt.date, *, reconstructed: bool = False) -> list[Scan]:
        """Complete scans of the engagement with an earlier date, the last scan of each date, oldest first.

        Either those made at their time, or those ``reconstructed``. A scan that could read no repository is left out:
        against it, everything would look new.
        """
        with self._session() as session:
            read = set(
                session.exec(
                    select(SubjectRow.scan_id).where(
                        SubjectRow.outcome == "read", col(SubjectRow.key).startswith(f"{Kind.REPO.value}:")
                    )
                ).all()
            )
        by_date = {s.as_of: s for s in self.scans(engagement) if _counts(s, as_of, reconstructed) and s.id in read}
        return [by_date[d] for d in sorted(by_date)]

    def published(self, scan_id: int) -> bytes | None:
        """The assessment.json of a scan as it was published, None when it never was."""
        with self._session() as session:
            row = session.get(AssessmentRow, scan_id)
            try:
                return zlib.decompress(row.body) if row is not None else None
            except zlib.error:
                raise StoreError(
                    f"the stored assessment of scan {scan_id} is damaged; `assay rescore {scan_id}` makes it anew"
                ) from None

    def outcomes(self, scan_id: int) -> dict[str, tuple[str, str]]:
        """(outcome, detail) of every subject of a scan by its key."""
        with self._session() as session:
            rows = session.exec(select(SubjectRow).where(SubjectRow.scan_id == scan_id)).all()
            return {row.key: (row.outcome, row.detail) for row in rows}


def _storable(item: Evidence) -> tuple[Evidence, str | None, bytes]:
    """``item`` with the digest and body of its content; a hole instead when the content cannot be written."""
    if isinstance(item.content, Unknown):
        return item, None, b""
    try:
        return (item, *encode(item.content))
    except ValueError as error:
        hole = Unknown(Why.CRASHED, f"{type(error).__name__} while storing it", "report this to the makers of assay")
        return replace(item, content=hole), None, b""


def _forget(session: Session, scan_id: int, subject: Subject) -> None:
    session.exec(
        delete(EvidenceRow).where(col(EvidenceRow.scan_id) == scan_id, col(EvidenceRow.subject_key) == subject.key)
    )
    session.exec(delete(SubjectRow).where(col(SubjectRow.scan_id) == scan_id, col(SubjectRow.key) == subject.key))
    session.flush()


def _utc(now: dt.datetime) -> dt.datetime:
    return now.astimezone(dt.UTC)


def _counts(scan: Scan, as_of: dt.date, reconstructed: bool) -> bool:
    return scan.complete and scan.as_of < as_of and scan.reconstructed is reconstructed


def _scan(row: ScanRow, title: str) -> Scan:
    assert row.id is not None
    return Scan(
        row.id, row.engagement_id, title, row.as_of, tuple(json.loads(row.targets)), row.state == "complete", row.tool_version,
        row.model_version, row.overall, row.coverage, row.reconstructed,
    )  # fmt: skip


def _evidence_row(scan_id: int, item: Evidence, digest: str | None, now: dt.datetime) -> EvidenceRow:
    hole = item.content if isinstance(item.content, Unknown) else None
    return EvidenceRow(
        scan_id=scan_id, subject_key=item.subject.key, fact=item.fact_type.__name__, digest=digest,
        why=hole.why.value if hole else "", detail=hole.detail if hole else "", closes=hole.closes if hole else "",
        source=item.source, commit=item.commit, collector=item.collector, version=item.version, caveat=item.caveat, observed_at=_utc(now),
    )  # fmt: skip


def _content(row: EvidenceRow, body: bytes | None) -> Fact | Unknown:
    if row.why:
        return Unknown(Why(row.why), row.detail, row.closes)
    if body is None:
        return Unknown(Why.CORRUPT, "its stored content is missing")
    try:
        return decode(row.fact, body)
    except Undecodable as error:
        return Unknown(Why.UNPARSABLE, str(error), "scan again")


def _indicators(scan_id: int, assessment: Assessment) -> Iterator[dict[str, object]]:
    for judged in assessment.indicators:
        outcome = judged.indicator.outcome
        kind = (
            "measured"
            if isinstance(outcome, Measured)
            else "not_applicable"
            if isinstance(outcome, NotApplicable)
            else "unknown"
        )
        yield {
            "scan_id": scan_id, "check_id": judged.indicator.check, "subject_key": judged.indicator.subject.key, "outcome": kind,
            "value": outcome.value if isinstance(outcome, Measured) else None, "points": judged.points,
            "because": outcome.detail if isinstance(outcome, Unknown) else outcome.because,
        }  # fmt: skip


def _findings(scan_id: int, assessment: Assessment) -> Iterator[dict[str, object]]:
    for f in assessment.findings:
        yield {
            "scan_id": scan_id, "fingerprint": f.fingerprint, "rule": f.rule, "check_id": f.check, "subject_key": f.subject.key,
            "path": f.path, "line": f.line, "severity": f.severity.value, "status": f.status.value, "message": f.message,
        }  # fmt: skip
