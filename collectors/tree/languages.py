"""Programming languages by file suffix; markup, styles, data and build files are none."""

from __future__ import annotations

_LANGUAGES = {
    "Ada": "adb ads", "Assembly": "asm s", "C": "c h", "C#": "cs csx", "C++": "cpp cc cxx c++ hh hpp hxx h++ inl ipp tpp ino cu cuh",
    "Clojure": "clj cljs cljc", "COBOL": "cob cbl cpy", "CoffeeScript": "coffee", "Crystal": "cr", "D": "d", "Dart": "dart",
    "Elixir": "ex exs", "Elm": "elm", "Erlang": "erl hrl escript", "F#": "fs fsx fsi", "Fortran": "f f70 f90 f95 f03 f08 for ftn fpp",
    "GDScript": "gd", "GLSL": "glsl vert frag comp", "Go": "go", "Groovy": "groovy gvy", "Haskell": "hs lhs", "Haxe": "hx",
    "Java": "java", "JavaScript": "js cjs mjs jsx", "Julia": "jl", "Kotlin": "kt kts", "Lisp": "lisp lsp cl el", "Lua": "lua",
    "Nim": "nim", "Objective-C": "m mm", "OCaml": "ml mli", "Pascal": "pas pp dpr", "Perl": "pl pm", "PHP": "php phtml php5",
    "PowerShell": "ps1 psm1 psd1", "Prolog": "prolog", "PureScript": "purs", "Python": "py pyw pyx pxd pyi", "R": "r",
    "Racket": "rkt", "Ruby": "rb rake", "Rust": "rs", "Scala": "scala sc", "Scheme": "scm ss", "Shell": "sh bash zsh fish ksh",
    "Solidity": "sol", "SQL": "sql pks pkb plsql", "Standard ML": "sml", "Svelte": "svelte", "Swift": "swift",
    "SystemVerilog": "sv svh", "Tcl": "tcl", "TypeScript": "ts mts cts tsx", "Vala": "vala", "Verilog": "v vh", "VHDL": "vhd vhdl",
    "Visual Basic": "vb vbs bas", "Vue": "vue", "WebAssembly": "wat wast", "Zig": "zig",
}  # fmt: skip

_BY_SUFFIX = {suffix: language for language, suffixes in _LANGUAGES.items() for suffix in suffixes.split()}


def language_of(path: str) -> str:
    """The programming language of a path by its suffix; empty when it is none or not known."""
    name = path.rpartition("/")[2].lower()
    stem, dot, suffix = name.rpartition(".")
    return _BY_SUFFIX.get(suffix, "") if dot and stem else ""


def is_programming(path: str) -> bool:
    """Whether a path is source code of a programming language, by its suffix."""
    return bool(language_of(path))
