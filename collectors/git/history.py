"""Everything that one pass over the commit stream tells: profile, activity, people, messages, files, coupling, tags."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from collectors.git.activity import Activity, branch_counts
from collectors.git.changes import Changes, changes
from collectors.git.churn import Churn
from collectors.git.coupling import Coupling
from collectors.git.files import WINDOW_DAYS, Files
from collectors.git.identity import Identities
from collectors.git.learned import OF_PATHS, OF_PEOPLE, Learned
from collectors.git.mailmap import Mailmap, parse
from collectors.git.messages import Messages
from collectors.git.people import People
from collectors.git.stream import Reader
from collectors.git.tags import tags_of
from collectors.tree.ownership import Owners, place_among
from collectors.tree.ownership import parse as parse_owners
from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.facts.history import (
    ChangeCoupling,
    CommitActivity,
    CommitMessages,
    Contributors,
    FileChanges,
    LineChanges,
    RepositoryProfile,
    Tags,
)
from scanner.objects import raw_objects
from scanner.repository import Ref, Repository

_SHALLOW = "shallow clone: commits before its boundary are not counted"


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """One pass over the history of `head`. A repository without commits yields zeros: they are known."""
    source, refs = ask.source, ask.source.refs()
    paths, mailmap, owners = _tree(source)
    names = () if isinstance(paths, Unknown) else paths
    identities = Identities(mailmap, source.pseudonyms.people)
    numbers = {path: number for number, path in enumerate(names)}
    reader = Reader(identities, numbers)
    activity, people = Activity(source.as_of, source.head), People(source.as_of)
    messages, files = Messages(source.as_of), Files(source.as_of, names)
    coupling, churn = Coupling(source.as_of, names), Churn(source.as_of, names, numbers)
    learned = Learned(source, names, owners)
    told = source.once(changes)
    lines = told if isinstance(told, Changes) else Changes()
    cut = 0
    for commit in source.log():
        seen = reader.read(commit)
        cut += commit.paths_cut
        repeated = learned.repeats(seen)
        activity.add(seen, repeated=repeated)
        if repeated:
            messages.pass_by(seen)
            continue
        people.add(seen)
        messages.add(seen)
        files.add(seen)
        coupling.add(seen)
        churn.add(seen, lines)
        learned.add(seen)
    log = f"git log {source.head[:12]}" if source.head else "git log (no commits)"
    caveats = [*source.caveats, *([f"{cut} commits with over 5,000 paths were cut"] if cut else [])]
    if activity.odd:
        caveats.append(f"{activity.odd} commits claim a date before 1990 or after the assessment's date")
    if source.shallow and not any("shallow" in c for c in caveats):
        caveats.append(_SHALLOW)
    caveat, commit_id = "; ".join(caveats), source.head
    tagged = raw_objects(source.git, (r.oid for r in refs if r.name.startswith("refs/tags/")))
    tags = tags_of(refs, source.as_of, tagged)
    yield found(_profile(source, activity, refs, len(tags.tags)), log, commit=commit_id, caveat=caveat)
    yield found(tags, "git for-each-ref refs/tags", commit=commit_id)
    hidden = _hidden(source, activity.first_at)
    if hidden:
        yield from _holes(hidden, source, paths, log)
        return
    yield found(activity.result(identities), log, commit=commit_id, caveat=caveat)
    yield found(people.result(identities, source.pseudonyms.of), log, commit=commit_id, caveat=caveat)
    yield found(messages.result(), log, commit=commit_id, caveat=caveat)
    yield from learned.of_people(identities, log, caveat)
    if isinstance(paths, Unknown):
        for kind in (FileChanges, ChangeCoupling, LineChanges, *OF_PATHS):
            yield hole(kind, paths, log)
        return
    yield from learned.of_paths(identities, log, caveat)
    yield _line_changes(source, churn.result(), told, caveat)
    yield found(files.result(identities, source.pseudonyms.of), log, commit=commit_id, caveat=caveat)
    pairs, cut_pairs = coupling.result()
    if isinstance(pairs, Unknown):
        yield hole(ChangeCoupling, pairs, log)
    else:
        together = "; ".join(c for c in (caveat, cut_pairs) if c)
        yield found(pairs, log, commit=commit_id, caveat=together)


def _line_changes(source: Repository, fact: LineChanges, told: Changes | Unknown, caveat: str) -> Found:
    """The lines that changed; a hole when over a tenth of the window's commits could not be read."""
    log = f"git log -p -M {source.head[:12]}"
    if isinstance(told, Unknown):
        return hole(LineChanges, told, log)
    if fact.untold * 10 > fact.commits + fact.untold:
        reason = next(iter(told.untold.values())).detail if told.untold else "they were not read"
        return hole(
            LineChanges, Unknown(Why.CORRUPT, f"the changes of {fact.untold} commits are unknown: {reason}"), log
        )
    unread = f"the lines of {fact.untold} commits could not be read" if fact.untold else ""
    return found(fact, log, commit=source.head, caveat="; ".join(c for c in (caveat, unread) if c))


def _hidden(source: Repository, first_at: datetime | None) -> Unknown | None:
    """Why the year before the assessment cannot be told: a shallow clone whose boundary lies within that year."""
    if not source.shallow or (first_at is not None and first_at <= source.as_of - timedelta(days=WINDOW_DAYS)):
        return None
    begins = f"{first_at.astimezone(UTC):%Y-%m-%d}" if first_at else "after the assessment's date"
    return Unknown(Why.UNSUPPORTED, f"shallow clone: its history begins {begins}", "git fetch --unshallow")


def _holes(hidden: Unknown, source: Repository, paths: tuple[str, ...] | Unknown, log: str) -> Iterator[Found]:
    """Holes in all that counts commits. FileChanges stays known, without files: documents can be read without dates."""
    for kind in (
        CommitActivity, Contributors, CommitMessages, ChangeCoupling, LineChanges, *OF_PEOPLE, *OF_PATHS,
    ):  # fmt: skip
        yield hole(kind, hidden, log)
    if isinstance(paths, Unknown):
        yield hole(FileChanges, paths, log)
        return
    nothing = FileChanges(source.as_of, WINDOW_DAYS, ())
    yield found(nothing, log, commit=source.head, caveat=f"{hidden.detail}; the changes of no file are told")


def _tree(source: Repository) -> tuple[tuple[str, ...] | Unknown, Mailmap, Owners | Unknown | None]:
    """The paths at head, and the mailmap and CODEOWNERS among them. A listing that fails costs the facts about paths only."""
    try:
        entries = tuple(source.tree(sized=False))
    except Unreadable as problem:
        return problem.hole, Mailmap(), None
    oids = {e.path: e.oid for e in entries if e.kind in ("file", "executable")}
    place = place_among(oids)
    wanted = [oids[path] for path in (".mailmap", place) if path in oids]
    contents = dict(source.read(wanted))
    mailmap = contents.get(oids.get(".mailmap", ""))
    owners = contents.get(oids[place]) if place else None
    return (
        tuple(e.path for e in entries),
        parse(mailmap) if isinstance(mailmap, bytes) else Mailmap(),
        parse_owners(owners) if isinstance(owners, bytes) else owners,
    )


def _profile(source: Repository, activity: Activity, refs: tuple[Ref, ...], tags: int) -> RepositoryProfile:
    branches, stale = branch_counts(refs, source.default_branch, source.as_of)
    return RepositoryProfile(
        as_of=source.as_of,
        default_branch=source.default_branch,
        head=source.head,
        head_at=source.head_at,
        first_commit_at=activity.first_at,
        commits=activity.commits,
        shallow=source.shallow,
        branches=branches,
        stale_branches=stale,
        tags=tags,
        commits_after_as_of=source.commits_after_as_of,
        commits_odd_date=activity.odd,
    )


COLLECTOR = Collector(
    name="git-history",
    version="10",
    source=Repository,
    provides=(
        RepositoryProfile,
        CommitActivity,
        Contributors,
        CommitMessages,
        FileChanges,
        ChangeCoupling,
        LineChanges,
        Tags,
        *OF_PEOPLE,
        *OF_PATHS,
    ),
    collect=collect,
)
