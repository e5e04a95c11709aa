from __future__ import annotations

from collectors.code.copies import KEPT, prints, shared, stretches, without

BLOCK = "".join(f"total{n} = first{n} * (second{n} + third{n}) - 1\n" for n in range(8))
"""Eight lines of ten words and signs each."""


def found(*texts: str) -> list[list[tuple[int, int, int]]]:
    files = [prints(text.encode(), ()) for text in texts]
    keys = shared(files)
    return [list(stretches(file, keys)) for file in files]


def test_a_copy_is_found_to_the_line_wherever_it_stands() -> None:
    other = "".join(f"unlike{n} = call(here{n}, {n})\n" for n in range(5))
    assert found(f"a = 1\n\n{BLOCK}", f"{other}{BLOCK}z = 1\n") == [[(1, 8, 3)], [(5, 8, 6)]]


def test_indentation_does_not_hide_a_copy_and_another_name_does() -> None:
    indented = "".join(f"    {line}\n" for line in BLOCK.splitlines())
    assert found(BLOCK, indented) == [[(0, 8, 1)], [(0, 8, 1)]]
    assert found(BLOCK, BLOCK.replace("second3", "fourth3")) == [[], []]


def test_fewer_than_six_lines_or_fifty_tokens_are_no_copy() -> None:
    five = "".join(BLOCK.splitlines(keepends=True)[:5])
    sparse = "".join(f"a{n} = {n}\n" for n in range(10))
    assert found(five, five) == [[], []]
    assert found(sparse, sparse) == [[], []]


def test_ten_lines_count_where_six_are_too_thin() -> None:
    thin = "".join(f"a{n} = b{n} + 1\n" for n in range(10))
    assert found(thin, thin) == [[(0, 10, 1)], [(0, 10, 1)]]


def test_a_copy_within_one_file_is_none() -> None:
    assert found(BLOCK + "x = 1\n" + BLOCK, "y = 1\n") == [[], []]


def test_comments_are_taken_out_and_lines_keep_their_numbers() -> None:
    text = b"a = 1 # x\n/* b\n c */ d\n"
    assert without(text, [(6, 9), (10, 20)]) == b"a = 1 \n\n d\n"
    assert prints(text, [(6, 9), (10, 20)]).unpacked()[1].tolist() == [1, 3]


def test_a_large_file_keeps_a_bounded_number() -> None:
    text = "".join(f"total{n} = first{n} * (second{n} + third{n}) - 1\n" for n in range(20_000))
    keys = prints(text.encode(), ()).unpacked()[0]
    assert 0 < sum(1 for key in keys if key) <= KEPT
    assert prints(b"", ()).code_lines == 0
