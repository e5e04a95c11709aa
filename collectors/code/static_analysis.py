"""Static analysis of Python product code by bandit, file by file, so that a rescan costs what changed."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Certainty, Severity
from scanner.core.text import clean, counted
from scanner.facts.code import CodeFinding, CodeFindings
from scanner.facts.tree import CodeSize, Tree, TreeEntry
from scanner.repository import Repository

if TYPE_CHECKING:
    from bandit.core.metrics import Metrics
    from bandit.core.node_visitor import BanditNodeVisitor

SUFFIXES = (".py", ".pyw")
_SEVERITIES = MappingProxyType({"LOW": Severity.LOW, "MEDIUM": Severity.MEDIUM, "HIGH": Severity.HIGH})
_CERTAINTIES = MappingProxyType({"LOW": Certainty.LOW, "MEDIUM": Certainty.MEDIUM, "HIGH": Certainty.HIGH})
_HIT_LIMIT = 1_000
_NOSEC = re.compile(rb"#\s{0,8}nosec\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_SPEAKS_SECRETS = frozenset({"B105", "B106", "B107"})
"""Rules whose message repeats the password they found."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits of one blob: (rule, line, severity, certainty, message, anchor); and its ``# nosec`` marks."""

    hits: tuple[tuple[str, int, str, str, str, str], ...]
    suppressed: int


@cache
def _visitor() -> Callable[[bytes], BanditNodeVisitor]:
    """What makes a bandit visitor for a file; bandit and its plug-ins are loaded at the first one."""
    with warnings.catch_warnings():  # its plug-in loader calls stevedore in a way that newer ones warn about
        warnings.simplefilter("ignore")
        from bandit.core.config import BanditConfig
        from bandit.core.meta_ast import BanditMetaAst
        from bandit.core.node_visitor import BanditNodeVisitor
        from bandit.core.test_set import BanditTestSet

        tests = BanditTestSet(BanditConfig(), {})

    def made(content: bytes) -> BanditNodeVisitor:
        return BanditNodeVisitor(
            fname="/code/module.py",
            fdata=io.BytesIO(content),
            metaast=BanditMetaAst(),
            testset=tests,
            debug=False,
            nosec_lines={},
            metrics=_metrics(),
        )

    return made


def parse(content: bytes) -> Hits:
    """Every hit in ``content``, ``# nosec`` marks overridden; at most 1,000.

    Raises what the parser raises on code that is not Python of this interpreter's grammar.
    """
    visitor = _visitor()(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        visitor.process(content)
    lines = content.splitlines()
    hits = set()
    for issue in visitor.tester.results[:_HIT_LIMIT]:
        line = lines[issue.lineno - 1] if 0 < issue.lineno <= len(lines) else b""
        hits.add(
            (
                str(issue.test_id),
                int(issue.lineno),
                str(issue.severity),
                str(issue.confidence),
                _message(str(issue.test_id), str(issue.text)),
                anchor(line),
            )
        )
    return Hits(tuple(sorted(hits, key=lambda h: (h[1], h[0], h[4]))), len(_NOSEC.findall(content)))


def _metrics() -> Metrics:
    from bandit.core.metrics import Metrics

    metrics = Metrics()
    metrics.begin("/code/module.py")
    return metrics


def _message(rule: str, text: str) -> str:
    """What the rule says, without any value of the target's."""
    if rule in _SPEAKS_SECRETS:
        text = text.partition(":")[0]
    return clean(_QUOTED.sub("'…'", text.partition("\n")[0]))


def anchor(line: bytes) -> str:
    """A line without white space at its ends, comments and the content of its strings: it may hold a secret."""
    text = _QUOTED.sub("'…'", line[:1000].replace(b"\0", b"").decode("utf-8", "replace"))
    bare = text.replace("'…'", "\0")
    cut = min((at for at in map(bare.find, ("'", '"', "#")) if at >= 0), default=len(bare))
    return clean(" ".join(bare[:cut].replace("\0", "'…'").split()), 200)


def _parse(entry: TreeEntry, content: bytes) -> Hits:
    del entry
    return parse(content)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Runs bandit over Python product files. Without any, ``languages`` is empty and nothing was judged."""
    tree, size = ask.fact(Tree), ask.fact(CodeSize)
    wanted = [
        e
        for e in tree.entries
        if e.role == "product" and e.kind in ("file", "executable") and e.path.lower().endswith(SUFFIXES)
    ]
    findings: list[CodeFinding] = []
    unparsed: list[tuple[str, str]] = []
    suppressed = 0
    analyzer = f"{COLLECTOR.version}/{version('bandit')}"
    for entry, seen in ask.source.per_blob("code-static-analysis", analyzer, wanted, _parse, Hits):
        if isinstance(seen, Unknown):
            unparsed.append((entry.path, seen.detail))
            continue
        suppressed += seen.suppressed
        findings += [_finding(entry.path, hit) for hit in seen.hits]
    read = {e.path for e in wanted} - {path for path, _ in unparsed}
    fact = CodeFindings(
        tool="bandit",
        tool_version=version("bandit"),
        languages=("Python",) if wanted else (),
        findings=tuple(findings),
        code_lines=sum(f.code for f in size.files if f.language == "Python" and f.path in read),
        suppressed=suppressed,
        unparsed=tuple(unparsed),
    )
    caveat = f"{counted(len(unparsed), 'file')} could not be analysed" if unparsed else ""
    yield found(fact, f"bandit on {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


def _finding(path: str, hit: tuple[str, int, str, str, str, str]) -> CodeFinding:
    rule, line, severity, certainty, message, where = hit
    return CodeFinding(
        tool="bandit",
        rule=rule,
        path=path,
        line=line,
        severity=_SEVERITIES.get(severity, Severity.LOW),
        certainty=_CERTAINTIES.get(certainty, Certainty.LOW),
        message=message,
        anchor=where,
    )


COLLECTOR = Collector(
    name="code-static-analysis",
    version="2",
    source=Repository,
    provides=(CodeFindings,),
    needs=(Tree, CodeSize),
    collect=collect,
)
