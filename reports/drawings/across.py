"""What changes together across repositories: repositories as points on a line, pairs that share issues as arcs."""

from __future__ import annotations

from reports import words
from reports.drawings.arcs import Arc, drawn
from reports.drawings.coupling import FAR
from reports.drawings.shapes import Picture, Table
from scanner.core.drawings import CoupledRepositories, RepositoryCoupling
from scanner.core.evidence import Unknown

HEADING = "What changes together across repositories"
_RULE = "at least 5 shared issues and a degree of at least 30 %"


def across(found: RepositoryCoupling | Unknown | None, font: str) -> Picture:
    """The pairs of the estate; only words when there is none, or it is unknown."""
    about = "Repositories in the order of their names; an arc joins two that the same issues lead to, the thicker the oftener"
    if found is None:
        return Picture(HEADING, about, "", ("There is one repository only.",))
    if isinstance(found, Unknown):
        closes = f" What closes it: {words.plain(found.closes, 300)}." if found.closes else ""
        why = f"Unknown: {words.REASONS[found.why]} ({words.plain(found.detail, 300)}).{closes}"
        return Picture(HEADING, about, "", (why,))
    said = (
        f"{found.spread} of {words.count(found.issues, 'issue')} that commits of the last {found.window_days:,} days name took commits in two "
        "repositories or more, at most 30 days apart."
    )
    if not found.pairs:
        return Picture(HEADING, about, "", (f"{said} No two repositories are coupled ({_RULE}).",))
    shown = "" if found.pairs_found == len(found.pairs) else f" The closest {len(found.pairs)} are drawn."
    pairs = words.count(found.pairs_found, "pair is coupled", "pairs are coupled")
    more = f"{pairs} ({_RULE}; degree: shared issues ÷ the mean of both repositories' issues).{shown}"
    arcs = sorted(found.pairs, key=lambda p: (p.degree, p.shared, p.a, p.b))
    svg, tall = drawn("across", about, map(_arc, arcs), ((FAR, "shared issues"),), font)
    return Picture(HEADING, about, svg, (said, more), (_table(found),), tall=tall)


def _arc(pair: CoupledRepositories) -> Arc:
    a, b = words.name(pair.a), words.name(pair.b)
    return Arc(a, b, pair.degree, FAR, f"{a} and {b}: {pair.shared} shared issues, degree {words.share(pair.degree)}")


def _table(found: RepositoryCoupling) -> Table:
    rows = tuple((words.name(p.a), words.name(p.b), str(p.shared), words.share(p.degree)) for p in found.pairs)
    return Table("Repositories that change together", ("Repository", "Repository", "Shared issues", "Degree"), rows)
