from collectors.dependencies.names import Names, tools, vendors
from collectors.dependencies.vendors import toolkit, vendor_uses
from scanner.facts.ci import ActionUse, Pipelines
from scanner.facts.infrastructure import BaseImage, Containers, Infrastructure, Resource
from tests.builders_content import dependencies, locked


def test_names_and_patterns() -> None:
    names = Names(["stripe", "@stripe/*", "*.amazonaws.com/*", "sentry-sdk"])
    assert "Stripe" in names
    assert "sentry_sdk" in names
    assert "@stripe/react" in names
    assert "1234.dkr.ecr.eu-west-1.amazonaws.com/app" in names
    assert "stripe-mock" not in names
    assert "evil/amazonaws.com" not in names


def test_vendors_by_every_way_once_each() -> None:
    fact = vendor_uses(
        dependencies(
            locked("npm", "stripe", "1"),
            locked("npm", "stripe", "2", path="z"),
            locked("PyPI", "boto3", "1", direct=False),
            locked("npm", "unknown", "1"),
        ),
        Containers((), (BaseImage("redis", "7", "", "compose.yml", 3),), ()),
        Infrastructure(
            ("terraform",), (Resource("dns", "cloudflare_record", "a", "cloudflare", "a.tf", 1),), (), (), ()
        ),
        Pipelines(
            (),
            (
                ActionUse("aws-actions/x", "aws-actions", "v1", "tag", "ci.yml", 4),
                ActionUse("./own", "", "", "local", "ci.yml", 5),
            ),
            (),
            (),
        ),
    )
    assert [(u.vendor, u.via, u.evidence, u.path, u.line) for u in fact.uses] == [
        ("Amazon Web Services", "action", "aws-actions/x", "ci.yml", 4), ("Cloudflare", "iac", "cloudflare_record", "a.tf", 1),
        ("Redis", "image", "redis", "compose.yml", 3), ("Stripe", "sdk", "stripe", "lock", 1),
    ]  # fmt: skip


def test_the_toolkit_is_what_was_chosen_not_what_came_along() -> None:
    fact = toolkit(
        dependencies(
            locked("PyPI", "pytest", "8"),
            locked("npm", "@sentry/node", "7"),
            locked("npm", "cypress", "13", direct=False),
        )
    )
    assert fact.uses == (("crash-reporting", ("@sentry/node",)), ("test", ("pytest",)))


def test_the_tables_are_whole() -> None:
    assert len(vendors()) > 100
    assert len({v.vendor for v in vendors()}) == len(vendors())
    assert {use for use, _ in tools()} == {
        "accessibility", "end-to-end", "visual", "internationalisation", "analytics", "crash-reporting", "feedback", "feature-flags", "experiments", "metrics", "tracing",
        "structured-logging", "load-test", "queue", "cache", "migration", "test", "property-test", "mock",
    }  # fmt: skip
