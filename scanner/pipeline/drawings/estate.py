"""What reports show of the estate as a whole, over the repositories that count."""

from __future__ import annotations

from dataclasses import replace

from analyzers.known_files import in_order, numbers, present_people
from scanner.core.assessment import Assessment
from scanner.core.evidence import Ledger
from scanner.core.subjects import Kind, Subject
from scanner.facts.dependencies import SupportStatus, Vendors
from scanner.facts.engagement import Engagement
from scanner.facts.history import Contributors
from scanner.facts.infrastructure import Infrastructure
from scanner.facts.knowledge import Knowledge, References
from scanner.facts.services import ServiceSurface
from scanner.facts.tree import CodeSize, Tree
from scanner.pipeline.drawings.across import repository_coupling
from scanner.pipeline.drawings.departures import departures
from scanner.pipeline.drawings.services import service_drawing
from scanner.pipeline.drawings.stack import stack


def with_estate(assessment: Assessment, ledger: Ledger) -> Assessment:
    """``assessment`` with its service map, its stack, what changes together in it, and its departure test."""
    counting = _counting(assessment)
    told = [ledger.fact(s, Engagement) for s in _estates(ledger)]
    systems = [system for engagement in told if engagement for system in engagement.systems]
    return replace(
        assessment,
        services=service_drawing(ledger.across(ServiceSurface, counting)),
        stack=stack(
            ledger.across(CodeSize, counting),
            ledger.across(SupportStatus, counting),
            ledger.across(Vendors, counting),
            ledger.across(Infrastructure, counting),
            assessment.as_of,
        ),
        coupling=repository_coupling(ledger.across(References, counting)),
        departures=departures(
            ledger.across(Knowledge, counting),
            ledger.across(Contributors, counting),
            ledger.across(Tree, counting),
            systems,
        ),
    )


def people_by_number(assessment: Assessment, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """(number, pseudonym) of the people of the departure test, in the order of the numbers."""
    counting = _counting(assessment)
    present = present_people(ledger.across(Contributors, counting))
    told = numbers(ledger.across(Knowledge, counting), ledger.across(Tree, counting), present)
    by_number = {number: pseudonym for pseudonym, number in told.items()}
    return tuple((number, by_number[number]) for number in in_order(by_number))


def _counting(assessment: Assessment) -> tuple[Subject, ...]:
    return tuple(sorted(p.subject for p in assessment.profiles if p.weight > 0))


def _estates(ledger: Ledger) -> list[Subject]:
    return sorted({e.subject for e in ledger.citations() if e.subject.kind is Kind.ORG})
