from __future__ import annotations

from collectors.code.hunks import added_runs, bare, body

PATCH = b"""diff --git a.py a.py
index 1111111..2222222 100644
--- a.py
+++ a.py
@@ -1,4 +1,5 @@ def f():
 kept
-gone
+first
+second
 kept
+third
 kept
@@ -40 +41,2 @@
 kept
+++ fourth\r
\\ No newline at end of file
"""


def test_added_lines_in_runs_with_the_number_of_their_first_line() -> None:
    hunks = body(PATCH, 0, len(PATCH))
    assert hunks.startswith(b"@@ -1,4")
    assert list(added_runs(hunks)) == [(2, b"first\nsecond\n"), (5, b"third\n"), (42, b"++ fourth\r")]


def test_an_old_end_of_file_without_line_break_changes_nothing() -> None:
    hunks = b"@@ -1 +1,2 @@\n-old\n\\ No newline at end of file\n+new\n+newer\n"
    assert list(added_runs(hunks)) == [(1, b"new\nnewer\n")]


def test_a_binary_file_has_no_hunks() -> None:
    patch = b"diff --git a a\nBinary files a and a differ\n"
    assert body(patch, 0, len(patch)) == b""
    assert list(added_runs(b"")) == []


def test_a_bare_patch_lets_matches_go_over_lines() -> None:
    assert bare(b"@@ -0,0 +1,2 @@\n+key =\n+  'value'\n") == b"@@ -0,0 +1,2 @@\nkey =\n  'value'\n"
