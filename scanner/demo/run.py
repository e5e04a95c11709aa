"""Scanning the sample organisation exactly as a user would: targets, engagement file, forge, database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from pathlib import Path

from scanner.config import load_engagement
from scanner.demo.history import build
from scanner.demo.records import forge_data
from scanner.demo.repositories import ORGANISATION, REPOSITORIES
from scanner.demo.standin import StandIn
from scanner.git import remove
from scanner.http.github.client import GithubSettings
from scanner.http.secret import Secret
from scanner.pipeline.events import Watcher
from scanner.pipeline.scan import Outcome, Request, run_scan
from scanner.places import Places
from scanner.pseudonyms import keep_key

_TOKEN = "sample-token-of-the-demo"  # noqa: S105 - opens nothing but the stand-in on this machine
_KEY = b"the sample organisation's key...".ljust(32, b".")


def scan_sample(folder: Path, as_of: date, watcher: Watcher, workers: int = 2) -> Outcome:
    """The sample organisation as of ``as_of``, built, served and scanned below ``folder``.

    Scans of one ``folder`` share a database: a later one shows its trend against the earlier.
    """
    repositories = folder / "repositories"
    remove(repositories)
    watcher.step("build the sample organisation")
    histories = {made.name: build(made, repositories / f"{made.name}.git", as_of) for made in REPOSITORIES}
    places = Places(folder / "data", folder / "cache")
    with (
        as_file(files("scanner.demo") / "seeds" / "assay.toml") as engagement,
        as_file(files("scanner.demo") / "seeds" / "advisories") as advisories,
    ):
        intake = load_engagement(engagement)
        keep_key(places.keys, intake.id, _KEY)
        with StandIn(forge_data(histories, repositories, as_of), token=_TOKEN) as forge:
            request = Request(
                targets=(f"github:{ORGANISATION}",),
                as_of=as_of,
                places=places,
                database=places.database_url,
                intake=intake,
                advisories=advisories,
                github=GithubSettings(forge.url, Secret(_TOKEN)),
                workers=workers,
            )
            return run_scan(request, watcher, lambda: datetime.combine(as_of, time(12), UTC))
