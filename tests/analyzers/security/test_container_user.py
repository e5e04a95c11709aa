from analyzers.security.container_user import container_user
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.infrastructure import ContainerFile, Containers
from tests.builders_checks_b import measured, plain


def containers(*users: str) -> Containers:
    return plain(
        Containers, files=tuple(plain(ContainerFile, path=f"{i}/Dockerfile", user=u) for i, u in enumerate(users))
    )


def test_root_has_many_names() -> None:
    outcome = measured(
        container_user(containers("app", "", "root", "0:0", "Root:root", "10001", "1000:0", "$APP_USER"))
    )
    assert outcome.value == 50
    assert [p.path[0] for p in outcome.places] == ["1", "2", "3", "4"]


def test_unread_and_absent_files() -> None:
    assert isinstance(container_user(plain(Containers, unparsed=(("Dockerfile", "damaged"),))), Unknown)
    assert isinstance(container_user(containers()), NotApplicable)


def test_a_development_container_is_not_asked() -> None:
    file = plain(ContainerFile, path=".devcontainer/Dockerfile", user="")
    assert isinstance(container_user(plain(Containers, files=(file,))), NotApplicable)
