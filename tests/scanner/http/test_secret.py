import pickle

import pytest

from scanner.http.secret import Secret


def test_a_secret_shows_itself_to_nobody_but_reveal() -> None:
    secret = Secret("ghp_abc")
    assert f"{secret} {secret!r} {secret!s} {[secret]} %s" % secret == "*** *** *** [***] ***"
    assert secret.reveal() == "ghp_abc"
    assert secret.hide("url?token=ghp_abc&x=ghp_abc") == "url?token=***&x=***"


def test_it_survives_the_way_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Secret("ghp_abc"))).reveal() == "ghp_abc"


@pytest.mark.parametrize("value", ["", "  ", "two\nlines", "two\r\nHost: x", "tökén", "nul\0"])
def test_what_cannot_be_a_header_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(ValueError, match="a credential is") as caught:
        Secret(value)
    assert not value.strip() or value not in str(caught.value)
