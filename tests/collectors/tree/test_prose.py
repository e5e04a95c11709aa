from __future__ import annotations

from collectors.tree.prose import parse

MARKDOWN = b"""\xef\xbb\xbf---
title: x
---
# Acme API

Read [the guide](docs/guide.md#top), [site](https://acme.io) and ![logo](logo.png "x").
[ref]: ./other.md

Setup
-----

```sh
# not a heading [no](link.md)
```

See `src/app/main.py` and `a b/c`.
"""


def test_markdown_by_hand() -> None:
    prose = parse(MARKDOWN, ".md")
    assert prose.headings == ("Acme API", "Setup")
    assert prose.code_blocks == 1
    assert prose.links == ("docs/guide.md#top", "logo.png", "./other.md")
    assert prose.mentions == ("src/app/main.py",)
    # Acme API; Read [the guide](…) [site](…) and ![logo](… "x"); [ref]: ./other.md; Setup; See `…` and `a b/c`
    assert prose.words == 2 + 7 + 2 + 1 + 5


def test_restructured_text() -> None:
    prose = parse(
        b"Title\n=====\n\n.. code-block:: py\n\n   x\n\nSee `guide <docs/g.rst>`__.\n\n.. image:: logo.png\n", ".rst"
    )
    assert (prose.headings, prose.code_blocks, prose.links) == (("Title",), 1, ("docs/g.rst", "logo.png"))


def test_names_of_links_and_list_entries_are_no_paths() -> None:
    assert parse(b"See `the guide <guide_>`_ and `this <docs/a.rst>`_.\n", ".rst").links == ("docs/a.rst",)
    text = b'* [`bytes`]: Utilities for bytes.\n[a]: Utilities for all\n[b]: b.md\n[c]: <c.md> "Title"\n'
    assert parse(text, ".md").links == ("b.md", "c.md")


def test_asciidoc() -> None:
    prose = parse(b"= Title\n\nxref:a.adoc[A]\n\n----\ncode\n----\n", ".adoc")
    assert (prose.headings, prose.code_blocks, prose.links) == (("Title",), 1, ("a.adoc",))


def test_broken_input() -> None:
    assert parse(b"", ".md").words == 0
    assert parse(b"\xff\xfe\0[x](" * 1000, ".md").headings == ()
    assert parse(b"[" * 100_000, ".md").links == ()
