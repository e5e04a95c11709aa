from analyzers.security.machine_access import machine_access
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import RepositoryAccess
from tests.builders_checks_b import measured, plain


def test_loose_keys_and_hooks_add_up() -> None:
    access = plain(RepositoryAccess, deploy_keys=4, deploy_keys_writing=1, webhooks=3, webhooks_insecure=2)
    outcome = measured(machine_access(access))
    assert outcome.value == 3
    assert [p.anchor for p in outcome.places] == ["deploy keys", "webhooks"]


def test_sound_ones_and_none() -> None:
    sound = measured(machine_access(plain(RepositoryAccess, webhooks=3)))
    assert (sound.value, sound.places) == (0, ())
    assert isinstance(machine_access(plain(RepositoryAccess, collaborators=3)), NotApplicable)
