from __future__ import annotations

import os
import time

import pytest

from collectors.code.isolation import Isolated


def answer(about: bytes, content: bytes) -> bytes:
    match about:
        case b"die":
            os._exit(3)
        case b"hang":
            time.sleep(60)
        case b"fail":
            raise KeyError("x")
        case b"eat":
            return b"x" * (1 << 33)
    return about + content


def test_answers_of_any_size_come_back() -> None:
    with Isolated(answer) as apart:
        assert apart.ask(b"a", b"b" * 3_000_000) == b"a" + b"b" * 3_000_000
        assert apart.ask(b"", b"") == b""


@pytest.mark.parametrize(
    ("about", "error"),
    [(b"die", ChildProcessError), (b"hang", ChildProcessError), (b"fail", ValueError), (b"eat", ValueError)],
)
def test_a_question_that_goes_wrong_costs_itself_alone(about: bytes, error: type[Exception]) -> None:
    with Isolated(answer, seconds=1) as apart:
        assert apart.ask(b"a", b"1") == b"a1"
        with pytest.raises(error):
            apart.ask(about, b"")
        assert apart.ask(b"a", b"2") == b"a2"


def test_the_process_ends_with_its_use() -> None:
    with Isolated(lambda _, __: str(os.getpid()).encode()) as apart:
        child = int(apart.ask(b"", b""))
        assert child != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
