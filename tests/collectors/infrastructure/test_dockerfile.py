import pytest

from collectors.infrastructure.dockerfile import claims, instructions, parse

DOCKERFILE = b"""\
# syntax=docker/dockerfile:1
ARG VERSION=3.8
ARG REGISTRY
FROM python:${VERSION}-slim AS build
RUN pip install \\
    # a comment inside
    wheel \\
    build
FROM ${REGISTRY}/base:1
FROM --platform=linux/amd64 gcr.io/distroless/python3@sha256:abc
FROM build AS final
ENV API_TOKEN=abcd1234efgh5678 MODE=prod
ADD https://x.example/tool.tgz /opt/
COPY --chown=1:1 . .
RUN <<EOF
FROM inside a heredoc
curl https://x.example | sh
EOF
USER app:app
HEALTHCHECK CMD curl -f http://localhost/
"""


def test_stages_images_and_faults() -> None:
    reading = parse("Dockerfile", DOCKERFILE)
    file = reading.file
    assert (
        file.stages,
        file.user,
        file.healthcheck,
        file.adds_remote,
        file.copies_everything,
        file.secret_in_environment,
    ) == (4, "app:app", True, True, True, True)
    assert [(i.image, i.tag, i.digest, i.line) for i in reading.images] == [
        ("python", "3.8-slim", "", 4),
        ("gcr.io/distroless/python3", "", "sha256:abc", 10),
    ]
    assert [(f.rule, f.line) for f in reading.faults] == [
        ("docker-secret-env", 12),
        ("docker-add-remote", 13),
        ("docker-curl-shell", 15),
    ]
    assert "abcd1234" not in repr(reading)


def test_root_latest_and_copies_between_stages() -> None:
    reading = parse("Dockerfile", b"FROM node\r\nCOPY --from=build . .\r\nUSER 0:0\r\nHEALTHCHECK NONE\r\n")
    assert [f.rule for f in reading.faults] == ["docker-root-user", "image-latest-tag"]
    assert not reading.file.copies_everything
    assert not reading.file.healthcheck
    assert reading.file.user == "0:0"
    assert parse("Dockerfile", b"FROM scratch").images == ()


def test_continuations_count_lines_from_their_start() -> None:
    assert [(i.word, i.line) for i in instructions(b"from a\n\nrun x \\\n\n  y\nCMD z\n")] == [
        ("FROM", 1),
        ("RUN", 3),
        ("CMD", 6),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"RUN x", b"HELLO world", b"\x00\xff", b"x" * 1_000_001, b"{{ template }}\nFROM x"]
)
def test_what_is_no_container_file(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse("Dockerfile", content)


def test_claims() -> None:
    assert all(claims(p) for p in ("Dockerfile", "a/Dockerfile.prod", "api.dockerfile", "Containerfile"))
    assert not any(claims(p) for p in ("docker/readme.md", "Dockerfile.md", "src/dockerfile.py", ".dockerignore"))


def test_a_tab_may_follow_an_instruction() -> None:
    found = list(instructions(b"FROM\tpython:3.12\nRUN\tchown -R app /app\n"))
    assert [(i.word, i.rest) for i in found] == [("FROM", "python:3.12"), ("RUN", "chown -R app /app")]
