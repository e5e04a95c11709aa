"""The tables. Append-only but for a scan's state; every change of shape is a numbered migration."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class EngagementRow(SQLModel, table=True):
    """A client engagement: the thread that joins scans into a trend."""

    __tablename__ = "engagement"
    id: str = Field(primary_key=True)
    title: str


class ScanRow(SQLModel, table=True):
    """One scan. ``state`` is running until its assessment is stored, then complete.

    ``reconstructed``: it was made afterwards, of what git and dated records tell of that date.
    """

    __tablename__ = "scan"
    id: int | None = Field(default=None, primary_key=True)
    engagement_id: str = Field(foreign_key="engagement.id", index=True)
    as_of: dt.date
    targets: str
    state: str = Field(default="running")
    tool_version: str
    model_version: str = ""
    started_at: dt.datetime
    finished_at: dt.datetime | None = None
    overall: float | None = None
    coverage: float | None = None
    reconstructed: bool = Field(default=False)


class SubjectRow(SQLModel, table=True):
    """A subject of a scan whose evidence is whole. ``input_key`` names everything the evidence depends on."""

    __tablename__ = "subject"
    __table_args__ = (UniqueConstraint("scan_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    key: str
    input_key: str = Field(index=True)
    outcome: str
    detail: str = ""


class ContentRow(SQLModel, table=True):
    """A fact by its digest, stored once however many scans hold it."""

    __tablename__ = "content"
    digest: str = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)


class EvidenceRow(SQLModel, table=True):
    """One evidence: a content digest, or the reason why there is none."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("scan_id", "subject_key", "fact"),)
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    subject_key: str
    fact: str
    digest: str | None = Field(default=None, foreign_key="content.digest")
    why: str = ""
    detail: str = ""
    closes: str = ""
    source: str
    commit: str = ""
    collector: str
    version: str
    caveat: str = ""
    observed_at: dt.datetime


class IndicatorRow(SQLModel, table=True):
    """One judged indicator, for trends of a single check."""

    __tablename__ = "indicator"
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    check_id: str = Field(index=True)
    subject_key: str
    outcome: str
    value: float | None = None
    points: float | None = None
    because: str = ""


class FindingRow(SQLModel, table=True):
    """One finding as the scan saw it."""

    __tablename__ = "finding"
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    fingerprint: str = Field(index=True)
    rule: str
    check_id: str
    subject_key: str
    path: str = ""
    line: int | None = None
    severity: str
    status: str
    message: str


class AssessmentRow(SQLModel, table=True):
    """The assessment of a scan as it was published (assessment.json, compressed)."""

    __tablename__ = "assessment"
    scan_id: int = Field(primary_key=True, foreign_key="scan.id")
    model_version: str
    body: bytes = Field(sa_type=LargeBinary)
