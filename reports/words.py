"""Figures and reasons in the words that every report uses."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote, urlsplit

from scanner.core.assessment import Days
from scanner.core.evidence import Why
from scanner.core.subjects import Kind, Subject
from scanner.core.text import clean

LEVELS = ((1, "initial", 0), (2, "managed", 30), (3, "defined", 50), (4, "measured", 70), (5, "optimising", 85))
"""Level, its name, and the score from which it starts (0 to 100)."""

REASONS = {
    Why.FORBIDDEN: "access was refused",
    Why.AMBIGUOUS_404: "not found, or not visible to this token",
    Why.RATE_LIMITED: "the server limited our requests",
    Why.UNREACHABLE: "the source could not be reached",
    Why.UNPARSABLE: "could not be parsed",
    Why.TOO_LARGE: "larger than the limit",
    Why.TIMED_OUT: "took longer than the limit",
    Why.NOT_REQUESTED: "not part of this scan",
    Why.NOT_ANSWERED: "nobody answered yet",
    Why.UNSUPPORTED: "not supported",
    Why.CORRUPT: "damaged",
    Why.PARTIAL: "known, but not whole",
    Why.SAMPLE_TOO_SMALL: "too few observations",
    Why.CRASHED: "the reader failed",
    Why.NO_SUCH_NOTION: "nothing of the kind there",
}
"""What each reason for a hole means, in words."""


def plain(text: str, limit: int = 600) -> str:
    """``text`` on one line, without control or direction marks, cut at ``limit`` characters."""
    return clean(text, limit)


def block(text: str, lines: int = 80) -> str:
    """``text`` with its lines kept (at most ``lines``), each made plain; indentation is kept."""
    kept = text.splitlines()[:lines]
    return "\n".join(" " * (len(k) - len(k.lstrip(" "))) + plain(k, 300) for k in kept)


def name(subject: Subject) -> str:
    """A repository's name, or "whole estate" for the scanned estate."""
    return "whole estate" if subject.kind is Kind.ORG else plain(subject.name, 120)


def number(value: float) -> str:
    """``value`` with as many decimals as its size deserves: 1,234 · 56.7 · 8.91."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def quantity(value: float, unit: str) -> str:
    """``value`` with its unit."""
    return f"{number(value)} {plain(unit, 80)}".strip()


def points(value: float | None) -> str:
    """Points from 0 to 100 without decimals; "unknown" when there are none."""
    return "unknown" if value is None else f"{value:.0f}"


def interval(low: float, high: float) -> str:
    """The range in which the score lies whatever the unknown part turns out to be."""
    return f"{low:.0f} to {high:.0f}"


def share(value: float) -> str:
    """A share from 0 to 1 in percent."""
    return f"{100 * value:.0f} %"


def signed(value: float | None) -> str:
    """A difference with its sign, one decimal; "unknown" when there is none."""
    if value is None:
        return "unknown"
    text = f"{value:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text.replace("-", "−")


def level_name(level: int | None) -> str:
    """The level with its name, as "3 defined"; "not assessable" when there is none."""
    return next((f"{n} {words}" for n, words, _ in LEVELS if n == level), "not assessable")


def level_of(score: float) -> int:
    """The level (1 to 5) in whose band ``score`` lies, for the colour of a bar; no gate is applied."""
    return max(n for n, _, start in LEVELS if score >= start or n == 1)


def days(effort: Days) -> str:
    """Person-days: likely (low to high)."""
    return f"{number(effort.likely)} d ({number(effort.low)} to {number(effort.high)})"


def money(cost: tuple[float, float, float, str] | None) -> str:
    """Cost: likely (low to high) with its currency; empty when no day rate is declared."""
    if cost is None:
        return ""
    low, likely, high, currency = cost
    return f"{likely:,.0f} {plain(currency, 8)} ({low:,.0f} to {high:,.0f})"


def day(when: date) -> str:
    """A date as "30 June 2026", independent of the machine's language."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def count(number_of: int, noun: str, plural: str = "") -> str:
    """A number with its noun, in the plural where due (``plural`` when it does not end in s)."""
    return f"{number_of:,} {noun if number_of == 1 else plural or noun + 's'}"


def slug(text: str) -> str:
    """``text`` as it may stand in an anchor: ASCII letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "x"


def web(url: str) -> str:
    """``url`` when it is a plain http or https address, otherwise empty: no other scheme is ever linked."""
    try:
        parts = urlsplit(plain(url, 2000))
        host = parts.hostname
    except ValueError:
        return ""
    sound = parts.scheme in {"http", "https"} and host and not parts.username and not re.search(r"[\s\"'<>\\]", url)
    return parts.geturl() if sound else ""


def permalink(repository: str, commit: str, path: str, line: int | None) -> str:
    """The forge's page of a file at a commit; empty when the repository has no web address or the place is unknown.

    ``/blob/`` is GitHub's form; GitLab redirects it to its own.
    """
    base = web(repository)
    if not base or not path or not re.fullmatch(r"[0-9a-fA-F]{7,64}", commit):
        return ""
    anchor = f"#L{line}" if line else ""
    return f"{base.removesuffix('.git').rstrip('/')}/blob/{commit}/{quote(path)}{anchor}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
