from dataclasses import replace

from collectors.github.shared_credentials import COLLECTOR
from scanner.demo.forge import SecretRecord
from scanner.facts.forge import SharedCredentials, StoredSecret
from tests.builders import AS_OF
from tests.builders_github import ACME, DATA, ago, asking_organisation


def test_names_and_dates_are_read_once_for_the_organisation() -> None:
    with asking_organisation() as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == ["GET /orgs/acme/actions/secrets"]
    assert item.content == SharedCredentials(
        AS_OF,
        (
            StoredSecret("DEPLOY_ROLE", ago(days=800), ago(days=30), "group"),
            StoredSecret("OLD_TOKEN", ago(days=900), ago(days=800), "group"),
        ),
        deploy_tokens=None,
    )
    assert item.caveat == ""


def test_a_list_that_is_cut_off_says_so() -> None:
    many = tuple(SecretRecord(f"S{n:04}") for n in range(1001))
    with asking_organisation(replace(DATA, organisation=replace(ACME, secrets=many))) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert len(standin.seen) == 10
    assert item.caveat == "the first 1,000 secrets only"
