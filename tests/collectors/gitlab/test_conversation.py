from collectors.gitlab.conversation import kept_notes, read_notes
from scanner.http.shape import Node
from tests.builders import AS_OF
from tests.builders_gitlab import asking, iso, node, noted


def test_notes_up_to_the_date_oldest_first_and_whether_there_are_more() -> None:
    given = noted(
        [("bob", "Approved this merge request", iso(days=1))],
        [("cy", iso(days=-1)), ("cy", iso(days=2)), ("ann", iso(days=3))],
    )
    given |= {"comments": {**given["comments"], "pageInfo": {"hasNextPage": True}}}
    with asking() as (ask, _):
        talk = read_notes(Node(kept_notes(node(**given)), "kept"), ask.source, AS_OF)
    assert [(n.person, n.said) for n in talk.activity] == [("<gitlab:bob>", "approved this merge request")]
    assert [n.person for n in talk.comments] == ["<gitlab:ann>", "<gitlab:cy>"]
    assert talk.cut
