from analyzers.measurement.delivery_recorded import delivery_recorded
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Deployment, Deployments
from tests.builders import AS_OF
from tests.builders_checks_c import measured, traits


def deployment(environment: str, *, production: bool) -> Deployment:
    return Deployment(environment, production, AS_OF, AS_OF, "success", "c0ffee")


def test_production_counts_most() -> None:
    staging = deployment("staging", production=False)
    live = deployment("live", production=True)
    assert measured(delivery_recorded(traits(), Deployments(AS_OF, (staging, live)))) == 100
    assert measured(delivery_recorded(traits(), Deployments(AS_OF, (staging,)))) == 60
    assert measured(delivery_recorded(traits(), Deployments(AS_OF, ()))) == 0


def test_a_library_is_not_deployed() -> None:
    assert isinstance(delivery_recorded(traits(deployable=False), Deployments(AS_OF, ())), NotApplicable)
