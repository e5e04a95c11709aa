"""Git as a subprocess on a scratch directory of ours: the target's configuration, hooks and refs tricks never load.

A local repository is not opened in place. A scratch git directory is written whose
``objects/info/alternates`` names the target's object store and whose refs were copied as text: git
reads objects from there and configuration from nowhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.text import clean
from scanner.tools import clean_environment

_SAFE = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.deltaBaseCacheLimit=16m", "core.quotePath=false",
    "core.attributesFile=/dev/null", "safe.bareRepository=explicit", "gc.auto=0", "maintenance.auto=false", "log.showSignature=false",
    "http.followRedirects=false", "protocol.ext.allow=never", "submodule.recurse=false", "diff.renames=false",
    "fetch.fsckObjects=false", "credential.helper=", "core.askPass=",
    # a commit-graph or multi-pack-index of the target may lie about parents, dates and places of objects
    "core.commitGraph=false", "core.multiPackIndex=false",
)  # fmt: skip
OID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
REF = re.compile(r"refs/(?:heads|tags)/[^\x00-\x20\x7f~^:?*\[\\]{1,500}")
"""Names of branches and tags that are read at all."""
MAX_REFS = 20_000
"""Most branches and tags that are read (ours: ten times what large public repositories hold)."""
_PIECE_BYTES = 64 * 1024 * 1024
_CHUNK_BYTES = 1 << 20
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Git:
    """Runs git on one scratch git directory, hardened."""

    git_dir: Path
    extra_env: Mapping[str, str] = field(default_factory=dict, repr=False)

    def argv(self, *arguments: str) -> list[str]:
        """The full argument list of a git call."""
        options = [word for setting in _SAFE for word in ("-c", setting)]
        return ["git", *options, f"--git-dir={self.git_dir}", *arguments]

    @property
    def env(self) -> dict[str, str]:
        """The environment of a git call: no user or system configuration, no prompts, no lazy fetches."""
        return clean_environment(self.git_dir, _ENV | dict(self.extra_env))

    def start(
        self, *arguments: str, stdin: int | IO[bytes] = subprocess.DEVNULL, stderr: int | IO[bytes] = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """A running git with its output on a pipe."""
        return subprocess.Popen(
            self.argv(*arguments),
            env=self.env,
            cwd=self.git_dir,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )

    def run(self, *arguments: str, stdin: bytes = b"", timeout_seconds: float = 600) -> bytes:
        """Standard output of a short git call; Unreadable(CORRUPT) when it fails, TIMED_OUT when it hangs."""
        try:
            ended = subprocess.run(
                self.argv(*arguments), env=self.env, cwd=self.git_dir, input=stdin, capture_output=True,
                timeout=timeout_seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Unreadable(Why.TIMED_OUT, f"git {arguments[0]} took longer than {timeout_seconds:g} s") from error
        if ended.returncode:
            raise Unreadable(Why.CORRUPT, f"git {arguments[0]} failed: {clean(ended.stderr)}")
        return ended.stdout

    def lines(
        self,
        *arguments: str,
        separator: bytes = b"\0",
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        limit_bytes: int = _PIECE_BYTES,
    ) -> Generator[bytes, None, None]:
        """Standard output in pieces ended by ``separator``, streamed; of a longer one its start, one byte more than the limit.

        Raises Unreadable(CORRUPT) at the end when git failed: then the piece it was at is left out.
        """
        with tempfile.TemporaryFile() as errors:
            process = self.start(*arguments, stdin=stdin, stderr=errors)
            assert process.stdout is not None
            try:
                rest, overlap = bytearray(), len(separator) - 1
                while chunk := process.stdout.read(_CHUNK_BYTES):
                    if overlap and rest:  # a separator may lie across two chunks
                        chunk = bytes(rest[-overlap:]) + chunk
                        del rest[-overlap:]
                    first, *others = chunk.split(separator)
                    rest += first
                    if len(rest) > limit_bytes + overlap:
                        del rest[limit_bytes + 1 : len(rest) - overlap]
                    if others:
                        yield _taken(rest, limit_bytes + 1)
                        yield from others[:-1]
                        rest = bytearray(others[-1])
                if process.wait():
                    errors.seek(0)
                    raise Unreadable(Why.CORRUPT, f"git {arguments[0]} stopped early: {clean(errors.read(1 << 12))}")
                if rest:
                    yield _taken(rest, limit_bytes + 1)
            finally:
                process.kill()
                process.wait()
                process.stdout.close()


def _taken(buffer: bytearray, most: int) -> bytes:
    """The first ``most`` bytes of ``buffer``, which is empty then."""
    del buffer[most:]
    taken = bytes(buffer)
    buffer.clear()
    return taken


class BlobReader:
    """One ``git cat-file --batch``, restarted when a damaged object ends it."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None

    def blob(self, oid: str) -> bytes | Unknown:
        """The content of blob ``oid``; Unknown(CORRUPT) when it is missing, damaged or not what its name says."""
        process = self._process = self._process or self._git.start("cat-file", "--batch", stdin=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        damaged = Unknown(Why.CORRUPT, f"object {oid[:12]} is missing or damaged")
        try:
            process.stdin.write(oid.encode() + b"\n")
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3:
                if not header:
                    self.close()
                return damaged
            content = process.stdout.read(int(header[2]) + 1)
        except OSError:
            self.close()
            return damaged
        if len(content) != int(header[2]) + 1:
            self.close()
            return damaged
        # what lies under a false name would enter the cache that other repositories share
        return content[:-1] if _names(oid, content[:-1]) else damaged

    def close(self) -> None:
        """End the process, if one runs."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.kill()
        process.wait()


def _names(oid: str, content: bytes) -> bool:
    """Whether ``oid`` is the object id (SHA-1 or SHA-256) of a blob with that content."""
    digest = hashlib.sha256() if len(oid) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest() == oid


_ENV = {
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ATTR_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ALLOW_PROTOCOL": "none", "GIT_ASKPASS": "true", "SSH_ASKPASS": "true", "GIT_PAGER": "cat",
}  # fmt: skip


def find_git_dir(path: Path, root: Path) -> Path | None:
    """The git directory at ``path`` (a work tree, a worktree file or a bare repository); None when there is none.

    Raises Unreadable(UNSUPPORTED) when it lies outside ``root``: a repository must not lead to another.
    """
    dot = path / ".git"
    found: Path | None = None
    if dot.is_file() and not dot.is_symlink():
        text = _start_of(dot)
        if text.startswith("gitdir: "):
            found = path / text.removeprefix("gitdir: ")
    elif dot.is_dir():
        found = dot
    elif (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir():
        found = path
    if found is None:
        return None
    found = _within(found, root, "git directory")
    common = found / "commondir"
    if common.is_file():
        found = _within(found / _start_of(common), root, "common git directory")
    return found


def _within(found: Path, root: Path, what: str) -> Path:
    """``found`` resolved, if it lies below ``root``; else Unreadable(UNSUPPORTED)."""
    try:
        resolved = found.resolve()
        inside = resolved.is_relative_to(root.resolve())
    except (ValueError, RuntimeError):  # a NUL in the path; a loop of symbolic links
        inside = False
    if not inside:
        raise Unreadable(Why.UNSUPPORTED, f"its {what} lies outside the target", "name the main repository itself")
    return resolved


def _start_of(path: Path, limit: int = 4096) -> str:
    """The first ``limit`` bytes of a file of the target as text without surrounding blanks."""
    with path.open("rb") as file:
        return os.fsdecode(file.read(limit)).strip()


def view(git_dir: Path, scratch: Path) -> Git:
    """A scratch git directory at ``scratch`` that reads the objects of ``git_dir`` and nothing else of it.

    Raises Unreadable when the object store leads elsewhere or uses a format git here cannot read.
    """
    objects = git_dir / "objects"
    if not objects.is_dir() or objects.is_symlink():
        raise Unreadable(Why.CORRUPT, "it has no object directory of its own")
    if _strays(objects):
        raise Unreadable(
            Why.UNSUPPORTED, "its object directory holds symbolic links or special files", "scan a clone of it"
        )
    if (objects / "info" / "alternates").exists():
        raise Unreadable(
            Why.UNSUPPORTED, "it borrows objects from another repository (objects/info/alternates)",
            "run `git repack -a -d` there and remove objects/info/alternates, or scan a full clone",
        )  # fmt: skip
    if (git_dir / "reftable").exists():
        raise Unreadable(Why.UNSUPPORTED, "it keeps its refs in a reftable", "scan a clone of it")
    if "\n" in str(objects):
        raise Unreadable(Why.UNSUPPORTED, "its path holds a line break")
    refs = _copy_refs(git_dir)
    sha256 = any(len(oid) == 64 for oid in refs.values())
    for folder in ("objects/info", "objects/pack", "refs/heads"):
        (scratch / folder).mkdir(parents=True, exist_ok=True)
    (scratch / "objects/info/alternates").write_bytes(os.fsencode(objects) + b"\n")
    extension = "[extensions]\n\tobjectformat = sha256\n" if sha256 else ""
    (scratch / "config").write_text(
        f"[core]\n\trepositoryformatversion = {int(sha256)}\n\tbare = true\n{extension}", "utf-8"
    )
    (scratch / "HEAD").write_text(_head(git_dir) + "\n", "utf-8")
    (scratch / "packed-refs").write_text(
        "# pack-refs with: sorted \n" + "".join(f"{refs[name]} {name}\n" for name in sorted(refs)), "utf-8"
    )
    shallow = git_dir / "shallow"
    if shallow.is_file() and shallow.stat().st_size < 1 << 22:
        grafts = [line for line in shallow.read_text("ascii", "replace").split() if OID.fullmatch(line)]
        (scratch / "shallow").write_text("".join(f"{oid}\n" for oid in grafts), "ascii")
    return Git(scratch)


def _head(git_dir: Path) -> str:
    """HEAD as ``ref: refs/heads/x`` or an object id; a ref to nothing when it is missing or odd."""
    head = git_dir / "HEAD"
    text = _text(_start_of(head, 1024)) if head.is_file() else ""
    named = text.removeprefix("ref:").strip()
    if OID.fullmatch(text):
        return text
    return f"ref: {named}" if REF.fullmatch(named) else "ref: refs/heads/missing-head"


def _text(found: str) -> str:
    """What the file system gave as text that can be written again; undecodable bytes show as U+FFFD."""
    return os.fsencode(found).decode("utf-8", "replace")


def _strays(objects: Path) -> bool:
    """Whether anything in an object directory leads out of it or could block its reader."""
    folders = [objects]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif not entry.is_file(follow_symlinks=False):
                    return True
    return False


def _copy_refs(git_dir: Path) -> dict[str, str]:
    """Names and object ids of branches and tags, loose before packed, the branch of HEAD before all others."""
    refs: dict[str, str] = {}
    named = _head(git_dir).removeprefix("ref: ")
    packed = git_dir / "packed-refs"
    for wanted in (named, ""):
        if packed.is_file() and not packed.is_symlink():
            with packed.open("rb") as file:
                while raw := file.readline(1024):
                    oid, _, name = raw.decode("utf-8", "replace").strip().partition(" ")
                    if wanted in ("", name):
                        _keep_ref(refs, name, oid)
    top = git_dir / "refs"
    for folder, folders, files in os.walk(top, followlinks=False):
        folders[:] = sorted(folders) if Path(folder) != top else ["heads", "tags"]
        folders[:] = [name for name in folders if not Path(folder, name).is_symlink()]
        for leaf in sorted(files):
            path = Path(folder, leaf)
            if not path.is_symlink() and path.is_file():
                _keep_ref(refs, _text(f"refs/{path.relative_to(top).as_posix()}"), _start_of(path, 200), named)
    return refs


def _keep_ref(refs: dict[str, str], name: str, oid: str, always: str = "") -> None:
    plain = REF.fullmatch(name) and ".." not in name and not name.endswith((".lock", "/", "."))
    if plain and OID.fullmatch(oid) and (len(refs) < MAX_REFS or name in refs or name == always):
        refs[name] = oid


def is_url(target: str) -> bool:
    """Whether a target reads as a git URL rather than a path."""
    return bool(re.match(r"(https?|ssh|file)://|[\w.-]+@[\w.-]+:", target))


def remove(folder: Path) -> None:
    """Delete a scratch folder, as far as the system lets us."""
    shutil.rmtree(folder, ignore_errors=True)
