"""Whether the tokens of machines come to an end."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.engagement import Moment
from scanner.facts.forge import RepositoryAccess

GITLAB = Source(
    Rank.SECONDARY,
    "GitLab, project access tokens: none lives longer than 365 days unless an administrator allows more",
    "https://docs.gitlab.com/user/project/settings/project_access_tokens/",
)


@check(
    CheckSpec(
        id="SEC-041",
        stage=Stage.SECURITY,
        practice="access",
        question="Does every deploy token end within a year?",
        rationale="A token without an end opens code and images to everyone who ever copied it, with nobody's name on it.",
        scale=Scale(
            "% of deploy tokens",
            ((0, 20), (50, 55), (100, 100)),
            (
                GITLAB,
                ours("half with an end shows a habit with gaps; a token can be revoked by hand, so none is not zero"),
            ),
        ),
        remedy="Give each deploy token an end within a year and only the scopes it uses; revoke what nobody claims.",
        effort=Effort(0.1, each=0.25, per="finding"),
        weight=0.5,
        controls=("ISO 27001:2022 A.5.17",),
    )
)
def lasting_deploy_tokens(access: RepositoryAccess, moment: Moment) -> Outcome:
    """Live deploy tokens of the repository that end within 365 days ÷ all of them (0 to 100 %)."""
    if access.deploy_tokens is None:
        return NotApplicable("this forge has no deploy tokens")
    if not access.deploy_tokens:
        return NotApplicable("there is no deploy token")
    lasting = [token for token in access.deploy_tokens if not token.ends_within_year(moment.as_of)]
    places = tuple(
        Place(
            f"the deploy token {token.name} {'writes' if token.writes else 'reads'} and does not end within a year",
            Severity.MEDIUM if token.writes else Severity.LOW,
            anchor=f"deploy token {token.name}",
        )
        for token in lasting[:200]
    )
    tokens = len(access.deploy_tokens)
    because = (
        f"{tokens - len(lasting)} of {counted(tokens, 'deploy token')} end within a year; "
        f"{access.deploy_tokens_writing} may write"
    )
    return Measured(percent(tokens - len(lasting), tokens), because, places=places)
