import pytest

from analyzers.security.outbound_licence import outbound_licence
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import LicenceFile, Licensing
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=1)


@pytest.mark.parametrize(
    ("files", "declared", "expected"),
    [
        ((LicenceFile("LICENSE", ("MIT",)),), (), 100),
        ((LicenceFile("LICENSE", ()),), (), 50),
        ((LicenceFile("LICENSE", ()),), (("package.json", "UNLICENSED"),), 100),
        ((), (("package.json", " "),), 0),
        ((), (), 0),
    ],
)
def test_terms_stated_unclear_or_missing(
    files: tuple[LicenceFile, ...], declared: tuple[tuple[str, str], ...], expected: int
) -> None:
    assert measured(outbound_licence(Licensing(files, declared), CODE)).value == expected


def test_no_code() -> None:
    assert isinstance(outbound_licence(Licensing((), ()), plain(CodeSize)), NotApplicable)


def test_infrastructure_code_is_licensed_too() -> None:
    licensing = Licensing((LicenceFile("LICENSE", ("Apache-2.0",)),), ())
    assert measured(outbound_licence(licensing, plain(CodeSize))).value == 100
