"""Known vulnerabilities of exact package versions: the question, and the sources that answer it."""

from scanner.advisories.database import AdvisoryDatabase
from scanner.advisories.python_service import PipAuditSource
from scanner.advisories.source import Advisories, Advisory

__all__ = ["Advisories", "Advisory", "AdvisoryDatabase", "PipAuditSource"]
