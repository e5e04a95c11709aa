import pytest

from collectors.parsing import (
    decode,
    key_lines,
    line_of,
    load_json,
    load_toml,
    load_xml,
    load_yaml,
    load_yaml_all,
    mapping,
    walk,
)


def billion_laughs() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    return "\n".join(lines).encode()


def test_scalars_keep_what_people_wrote() -> None:
    document = load_yaml(b"on: push\nversion: 3.10\nmode: 0755\ncount: 12\nyes: true\nnothing:\nquoted: '12'\n")
    assert document == {
        "on": "push",
        "version": "3.10",
        "mode": "0755",
        "count": 12,
        "yes": True,
        "nothing": None,
        "quoted": "12",
    }


def test_lines_tags_and_merge_keys() -> None:
    document = load_yaml(b"base: &base\n  a: 1\nuse:\n  <<: *base\n  b: !Ref Name\n")
    use = mapping(mapping(document)["use"])
    assert use == {"a": 1, "b": "Name"}
    assert line_of(use, "b") == 5
    assert line_of(use) == 4


def test_several_documents_bom_and_line_ends() -> None:
    assert load_yaml_all(b"\xef\xbb\xbfa: 1\r\n---\r\nb: 2\r\n") == ({"a": 1}, {"b": 2})
    assert decode("naïve".encode("latin-1")) == "naïve"
    assert decode("x: é".encode("utf-16")) == "x: é"


@pytest.mark.parametrize(
    "content",
    [billion_laughs(), b"a: &a [*a]", b"[" * 500, b"a: b: c", b"- x\n" * 60_000, b"x" * 1_000_001, b"a: *nowhere"],
    ids=["bomb", "cycle", "deep", "syntax", "many", "large", "alias"],
)
def test_hostile_yaml_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load_yaml_all(content)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 61 + b"1" + b"}" * 61, b"{,}", b"9" * 6000, b""])
def test_hostile_json_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load_json(content)


@pytest.mark.parametrize(
    "content", [b"a = " + b"[" * 5000, b"a = \xff", b"[a", b"a." * 300_000 + b"a = 1", b"a = 1\na = 2"]
)
def test_hostile_toml_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load_toml(content)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 61 + b"</a>" * 61,
        b"<a",
        b"",
    ],
)
def test_hostile_xml_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load_xml(content)


def test_xml_tags_lose_their_namespace() -> None:
    assert load_xml(b'\xef\xbb\xbf<a xmlns="urn:x"><b/></a>')[0].tag == "b"


def test_key_lines_and_walk() -> None:
    assert key_lines('{\n  "a": {\n    "b": 1\n  }\n}') == {"a": 2, "b": 3}
    assert [list(m) for m in walk([{"a": {"b": 1}}, {"c": 2}])] == [["a"], ["b"], ["c"]]
