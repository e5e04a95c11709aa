from __future__ import annotations

from collectors.git.mailmap import parse


def test_the_four_forms_of_gitmailmap() -> None:
    mailmap = parse(
        b"# a comment\n"
        b"Ann Lee <ann@old.org>\n"
        b"<bob@new.org> <bob@old.org>\n"
        b"Cy Young <cy@new.org> <CY@old.org>\n"
        b"Dee Dee <dee@new.org> dd <shared@old.org>\n"
        b"nonsense\n<unclosed\n\xff\xfe <\n"
    )
    assert mailmap.apply("al", "ANN@old.org") == ("Ann Lee", "ANN@old.org")
    assert mailmap.apply("bob", "bob@old.org") == ("bob", "bob@new.org")
    assert mailmap.apply("c", "cy@OLD.org") == ("Cy Young", "cy@new.org")
    assert mailmap.apply("DD", "shared@old.org") == ("Dee Dee", "dee@new.org")
    assert mailmap.apply("someone", "shared@old.org") == ("someone", "shared@old.org")


def test_an_empty_mailmap_changes_nothing() -> None:
    assert parse(b"").apply("x", "y@z") == ("x", "y@z")
