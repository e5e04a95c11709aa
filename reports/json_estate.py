"""What assessment.json says of the whole estate: its services, its stack, and what departures would cost."""

from __future__ import annotations

from scanner.core.assessment import Assessment
from scanner.core.departures import AreaDeparture, Departures
from scanner.core.drawings import RepositoryCoupling
from scanner.core.evidence import Unknown
from scanner.core.service_drawing import RepositoryServices, ServiceDrawing, Tie
from scanner.core.stack import StackInventory, StackItem

Json = dict[str, object]


def estate(assessment: Assessment) -> Json:
    """The keys of the document that tell of the whole estate."""
    return {
        "services": services(assessment.services),
        "stack": stack(assessment.stack),
        "coupling": coupling(assessment.coupling),
        "departures": departures(assessment.departures),
    }


def services(found: ServiceDrawing | Unknown | None) -> Json | None:
    """The service map; a reason in its place when it is unknown, None when nobody looked."""
    if not isinstance(found, ServiceDrawing):
        return _unknown(found)
    return {
        "repositories": [_repository(r) for r in found.repositories],
        "outside": [
            {"name": o.name, "kind": o.kind, "detail": o.detail, "offered_by": o.several} for o in found.outside
        ],
        "outside_total": found.outside_total,
        "ties": [_tie(t) for t in found.ties],
        "ties_total": found.ties_total,
        "unresolved": [{"kind": kind, "names": count} for kind, count in found.unresolved],
        "unread": found.unread,
        "files": found.files,
        "unparsed": found.unparsed,
        "unknown_reason": None,
    }


def _repository(r: RepositoryServices) -> Json:
    return {
        "subject": r.subject,
        "services": [
            {"name": s.name, "form": s.form, "detail": s.detail, "path": s.path, "line": s.line or None} for s in r.services
        ],
        "services_total": r.total,
    }  # fmt: skip


def _tie(t: Tie) -> Json:
    return {
        "source": t.source, "asker": t.asker, "target": t.target, "asked": t.asked, "kind": t.kind, "name": t.name,
        "certainty": t.certainty, "path": t.path, "line": t.line or None,
    }  # fmt: skip


def stack(found: StackInventory | None) -> Json | None:
    """The stack, item by item with its places; None when nobody looked."""
    if found is None:
        return None
    return {
        "table_as_of": found.table_as_of,
        "items": [_item(i) for i in found.items],
        "left_out": found.left_out,
        "unknown": [{"subject": s, "why": u.why, "detail": u.detail, "closes": u.closes} for s, u in found.holes],
    }


def _item(i: StackItem) -> Json:
    return {
        "kind": i.kind, "name": i.name, "version": i.version, "cycle": i.cycle, "support": i.support, "ends": i.ends,
        "latest": i.latest, "latest_on": i.latest_on, "reason": i.reason, "code_lines": i.code_lines,
        "places": [{"subject": p.subject, "path": p.path, "line": p.line or None} for p in i.places],
        "places_total": i.places_total,
    }  # fmt: skip


def coupling(found: RepositoryCoupling | Unknown | None) -> Json | None:
    """Repositories that change together; a reason in its place when it is unknown, None with one repository only."""
    if not isinstance(found, RepositoryCoupling):
        return _unknown(found)
    return {
        "window_days": found.window_days,
        "issues": found.issues,
        "issues_spread": found.spread,
        "pairs": [{"a": p.a, "b": p.b, "shared_issues": p.shared, "degree": round(p.degree, 4)} for p in found.pairs],
        "pairs_found": found.pairs_found,
        "unknown_reason": None,
    }


def departures(found: Departures | Unknown | None) -> Json | None:
    """The departure test, by numbers of people; a reason in its place when it is unknown, None when nobody looked."""
    if not isinstance(found, Departures):
        return _unknown(found)
    return {
        "people_present": found.present,
        "files_known": found.known,
        "files_forgotten": found.forgotten,
        "sets": [
            {
                "size": s.size, "people": s.people, "files": s.files, "share": s.share, "certain": s.certain,
                "areas": [{"subject": subject, "area": area} for subject, area in s.areas],
            }
            for s in found.sets
        ],
        "areas": [_area(a) for a in found.areas],
        "areas_judged": found.areas_judged,
        "left_out": found.left_out,
        "unknown_reason": None,
    }  # fmt: skip


def _area(a: AreaDeparture) -> Json:
    return {"system": a.system, "subject": a.subject, "area": a.area, "people": a.people, "files": a.files, "files_known": a.known}  # fmt: skip


def _unknown(hole: Unknown | None) -> Json | None:
    return {"unknown_reason": {"why": hole.why, "detail": hole.detail, "closes": hole.closes}} if hole else None
