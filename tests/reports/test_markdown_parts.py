from reports.markdown_parts import linked, listing, table


def test_a_link_quotes_its_address_and_its_words() -> None:
    assert linked("a|b", "https://x/y)(|<z>") == r"[a\|b](https://x/y%29%28%7C%3Cz%3E)"
    assert linked("*a*", "") == r"\*a\*"


def test_tables_and_lists() -> None:
    assert table(["A", "B"], [["1", ""]]) == "| A | B |\n| --- | --- |\n| 1 |   |"
    assert listing(["a", "b"]) == "- a\n- b"
    assert listing([]) == "None could be established."
