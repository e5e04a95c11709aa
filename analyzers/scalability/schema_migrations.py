"""Whether changes of the database schema are code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Toolkit, Vendors
from scanner.facts.infrastructure import Infrastructure, RuntimeTraits


@check(
    CheckSpec(
        id="SCA-008",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Are changes of the database schema kept as ordered migrations in the repository?",
        rationale="A schema changed by hand differs between environments and cannot be rolled forward elsewhere.",
        scale=Scale(
            "% in place",
            ((0, 15), (50, 60), (100, 100)),
            (ours("a migration library without migrations is half the way"),),
        ),
        remedy="Bring the schema under a migration tool and run it from the pipeline.",
        effort=Effort(1, each=2, per="repository"),
    )
)
def schema_migrations(
    traits: RuntimeTraits, infrastructure: Infrastructure, vendors: Vendors, toolkit: Toolkit
) -> Outcome:
    """100 % with migration files, 50 % with only a migration library, 0 % with neither, where a deployable uses a database."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    if traits.migrations:
        return Measured(100.0, f"{counted(len(traits.migrations), 'migration path')} kept")
    if names := toolkit.of("migration"):
        return Measured(
            50.0,
            f"a migration library is used ({names[0]}), but no migrations are seen",
            basis=Basis.INFERRED,
            certainty=0.7,
        )
    if not (infrastructure.of("database") or any(v.purpose == "database" for v in vendors.uses)):
        return NotApplicable("no database is seen here")
    return Measured(0.0, "a database is used, but no migrations are seen here", basis=Basis.INFERRED, certainty=0.7)
