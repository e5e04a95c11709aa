"""Expected figures are counted by hand after the white paper's rules, or given by radon."""

from __future__ import annotations

import pytest
from radon.complexity import cc_visit
from radon.visitors import Class

from collectors.code.complexity import Measure
from collectors.code.measures import measure


def only(suffix: str, text: str) -> Measure:
    (function,) = measure(suffix, "product", text.encode()).functions
    return function


JAVA = """class Words {
  int sumOfPrimes(int max) {
    int total = 0;
    OUT: for (int i = 1; i <= max; ++i) {
      for (int j = 2; j < i; ++j) {
        if (i % j == 0) {
          continue OUT;
        }
      }
      total += i;
    }
    return total;
  }
}
"""
SWITCH = """class Words {
  String getWords(int number) {
    switch (number) {
      case 1: return "one";
      case 2: return "a couple";
      default: return "lots";
    }
  }
}
"""


@pytest.mark.parametrize(("text", "cyclomatic", "cognitive"), [(JAVA, 4, 7), (SWITCH, 3, 1)])
def test_the_two_examples_of_the_white_paper(text: str, cyclomatic: int, cognitive: int) -> None:
    # its first page: 7 against 1. Cyclomatic without `default`, as lizard counts (the paper counts it: 4 for both)
    found = only(".java", text)
    assert (found.complexity, found.cognitive) == (cyclomatic, cognitive)


@pytest.mark.parametrize(
    ("condition", "runs"),
    [
        ("a && b && c", 1),
        ("a && b && c || d || e && f", 3),
        ("a && !(b && c)", 2),
        ("a && (b && c)", 1),
        ("(a && b) && c", 1),
        ("a || b && c || d", 3),
        ("f(a && b, c && d)", 2),
        ("a && f(b && c) && d", 2),
        ("a", 0),
    ],
)
def test_a_run_of_like_operators_counts_once(condition: str, runs: int) -> None:
    found = only(".js", f"function g() {{ return {condition} }}")
    assert found.cognitive == runs
    assert found.complexity == 1 + condition.count("&&") + condition.count("||")


@pytest.mark.parametrize(
    ("suffix", "text", "complexity", "cognitive", "nesting"),
    [
        # if 1, && 1, else if 1, else 1 and the loop in it 2
        (".go", "package a\nfunc f() { if a && b { } else if c { } else { for {} } }", 5, 6, 2),
        (".c", "void f(void) {\n#if A && B\n if (a) { goto x; }\n#endif\n do { x: ; } while (b);\n}", 4, 3, 1),
        (".cpp", "int f() { auto g = [](int a) { return a ? 1 : 2; }; try { g(1); } catch (int e) { } return 0; }", 3, 3, 2),
        (".cs", "class A { int F(int a) { foreach (var x in y) { if (x > 1) { } } return a ?? 2; } }", 4, 3, 2),
        (".rb", "def f(a)\n  if a then 1 elsif b then 2 else 3 end\n  x unless y\nend\n", 4, 4, 1),
        (".php", "<?php function f($a) { if ($a) { } elseif ($b) { } else { while (1) { } } }", 4, 5, 2),
        (".kt", "fun f(a: Int) { when (a) { 1 -> 2\n else -> if (b) 3 else 4 } }", 4, 4, 2),
        (".scala", "object A { def f(a: Int) = if (a > 1 && b) 1 else 2 }", 3, 3, 1),
        (".swift", "func f(a: Int) { guard b else { return }\n if b { } else { } }", 3, 3, 1),
        (".rs", "fn f(a: i32) -> R { match a { 1 => g()?, _ => loop { break } } }", 4, 3, 2),
        (".sh", "f() {\n if a; then b; elif c; then d; else e; fi\n}\n", 3, 3, 1),
        (".ts", "const f = (a?: number) => { for (const x of y) { if (a) { } } }", 3, 3, 2),
        (".py", "def f(a):\n    for b in a:\n        if b and c:\n            return lambda: 1 if b else 2\n", 5, 8, 4),
        (".java", "class A { void f() { if (a) { } else\n if (b) { } } }", 3, 2, 1),
        (".js", "function f(a) { return a ? f(a - 1) : other.f(a) }", 2, 2, 1),
    ],
)  # fmt: skip
def test_every_language_by_hand(suffix: str, text: str, complexity: int, cognitive: int, nesting: int) -> None:
    found = only(suffix, text)
    assert (found.complexity, found.cognitive, found.nesting) == (complexity, cognitive, nesting)


def test_a_function_in_a_function_is_judged_alone() -> None:
    inner, outer = sorted(
        measure(".js", "product", b"function a() {\n if (x) {\n  function b() { if (y) { } }\n }\n}\n").functions,
        key=lambda f: -f.line,
    )
    assert (outer.complexity, outer.cognitive, inner.complexity, inner.cognitive) == (2, 1, 2, 1)


PYTHON = '''
@deco(1 if a else 2)
def one(a=1 if b else 2, *c: int, d=None, **e) -> int:
    """Text."""
    assert a and b or c
    for x in a:
        pass
    else:
        return [y for y in a if y if z for z in y]
    try:
        pass
    except A:
        pass
    except B:
        pass
    else:
        pass
    finally:
        pass
    while a and b and (c or d):
        with x as y:
            pass
    match a:
        case 1 | 2:
            pass
        case [x]:
            pass
        case _:
            pass
    def inner():
        return lambda: a if b else c
    return a if b or c else d

class C:
    if a:
        x = 1
    async def m(self):
        async for x in y:
            if x: pass
            elif y: pass
            elif z: pass
    class D:
        def n(self): return {a: b for a in c}
'''


def test_python_is_counted_as_radon_counts_it() -> None:
    expected, waiting = {}, list(cc_visit(PYTHON))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Class):
            waiting += [*block.methods, *block.inner_classes]
        else:
            expected[block.lineno] = block.complexity
            waiting += block.closures
    assert len(expected) == 4
    assert {f.line: f.complexity for f in measure(".py", "product", PYTHON.encode()).functions} == expected


def test_functions_in_a_macro_of_rust_are_found_where_they_stand() -> None:
    text = b"a! {\n  b! {\n    fn f() { if x { } }\n  }\n}\nfn g() { }\n"
    assert [(f.name, f.line, f.complexity) for f in measure(".rs", "product", text).functions] == [
        ("f", 3, 2),
        ("g", 6, 1),
    ]
