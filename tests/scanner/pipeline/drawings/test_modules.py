from scanner.core.drawings import ModuleMap, ModuleNode
from scanner.core.evidence import Unknown, Why
from scanner.facts.code import ImportGraph
from scanner.pipeline.drawings.modules import folded_modules, module_map


def graph(modules: tuple[str, ...], *edges: tuple[str, str], unresolved: int = 0) -> ImportGraph:
    return ImportGraph(("Python",), modules, edges, (), 0, unresolved)


def test_cycles_are_numbered_and_their_members_kept() -> None:
    given = graph(("d", "a", "b", "c"), ("a", "b"), ("b", "a"), ("c", "a"), ("a", "a"))
    assert module_map(given, ()) == ModuleMap(
        ("Python",), 4, False,
        (ModuleNode("a", 1, 1), ModuleNode("b", 1, 1), ModuleNode("c"), ModuleNode("d")),
        ((0, 1, 1), (1, 0, 1), (2, 0, 1)), (("a", "b"),),
    )  # fmt: skip


def test_many_modules_become_folders_with_their_imports_counted() -> None:
    files = tuple(f"pkg/{folder}/{n}.py" for folder in "ab" for n in range(40))
    edges = [(f"pkg/a/{n}.py", "pkg/b/0.py") for n in range(3)] + [("pkg/a/1.py", "pkg/a/2.py")]
    made = module_map(graph(files, *edges), set(files))
    assert isinstance(made, ModuleMap)
    assert (made.folded, made.modules) == (True, 80)
    assert made.nodes == (ModuleNode("pkg/a", 40), ModuleNode("pkg/b", 40))
    assert made.edges == ((0, 1, 3),)


def test_a_package_folder_is_a_folder_and_the_top_has_a_name() -> None:
    assert folded_modules((".", "storage", "storage/remote", "main.py"), {"main.py"}) == {
        ".": ".", "storage": "storage", "storage/remote": "storage/remote", "main.py": ".",
    }  # fmt: skip


def test_imports_that_could_not_be_followed_are_unknown() -> None:
    for given in (graph(()), graph(("a", "b"), ("a", "b"), unresolved=2)):
        hole = module_map(given, ())
        assert isinstance(hole, Unknown)
        assert hole.why is Why.UNSUPPORTED


def test_edges_to_what_is_no_module_are_left_out() -> None:
    made = module_map(graph(("a",), ("a", "gone")), ())
    assert isinstance(made, ModuleMap)
    assert made.edges == ()


def test_at_most_sixty_nodes() -> None:
    files = tuple(f"top{n}/x/{n}.py" for n in range(500))
    made = module_map(graph(files), set(files))
    assert isinstance(made, ModuleMap)
    assert len(made.nodes) == 60
    assert sum(node.modules for node in made.nodes) == 500
