"""The grammars that measure code: which suffix is read by which, and what its nodes mean for complexity.

Captures: ``function`` stands in the list of functions; ``lambda`` deepens what stands in it; ``type`` qualifies the names in
it; ``comment``; ``branch`` splits the flow and deepens it (if, loops, conditional expressions, catch); ``choice`` deepens it
and is one structure (switch, match) whose arms are ``case``; ``elif`` and ``else`` continue a branch; ``and``, ``or`` are
logical operations; ``jump`` leaves for a label; ``decision`` is a decision of McCabe's number alone; ``unasked`` is code that
does not count; ``macro`` is code that the grammar leaves as tokens. ``kind`` declares a type, ``promise`` one that others must
fill in (interface, trait, protocol, abstract class); languages where types are not declared so have neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from tree_sitter import Language, Query

_C = """
(function_definition) @function (comment) @comment
[(if_statement) (for_statement) (while_statement) (do_statement) (conditional_expression)] @branch
(switch_statement) @choice "case" @case "else" @else (goto_statement) @jump ["#if" "#ifdef" "#elif"] @decision
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or
(preproc_if condition: (_) @unasked) (preproc_elif condition: (_) @unasked)
"""
_CPP = f"""{_C}
[(for_range_loop) (catch_clause)] @branch (lambda_expression) @lambda
(binary_expression operator: "and") @and (binary_expression operator: "or") @or
[(class_specifier body: (_)) (struct_specifier body: (_)) (namespace_definition)] @type
[(class_specifier body: (_)) (struct_specifier body: (_))] @kind
(class_specifier body: (field_declaration_list (field_declaration declarator: (function_declarator) default_value: (_)))) @promise
"""
_GO = """
[(function_declaration body: (_)) (method_declaration body: (_)) (func_literal)] @function (comment) @comment
[(if_statement) (for_statement)] @branch
[(expression_switch_statement) (type_switch_statement) (select_statement)] @choice "case" @case "else" @else
[(goto_statement) (break_statement (label_name)) (continue_statement (label_name))] @jump
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or
(type_spec) @kind (type_spec type: (interface_type)) @promise
"""
_JAVA = """
[(method_declaration body: (_)) (constructor_declaration) (compact_constructor_declaration)] @function
(lambda_expression) @lambda [(line_comment) (block_comment)] @comment
[(class_declaration) (interface_declaration) (enum_declaration) (record_declaration)] @type
[(if_statement) (for_statement) (enhanced_for_statement) (while_statement) (do_statement) (ternary_expression) (catch_clause)] @branch
(switch_expression) @choice "case" @case "else" @else
[(break_statement (identifier)) (continue_statement (identifier))] @jump
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or
[(class_declaration) (interface_declaration) (enum_declaration) (record_declaration)] @kind
[(interface_declaration) (class_declaration (modifiers "abstract"))] @promise
"""
_JAVASCRIPT = """
[(function_declaration) (function_expression) (arrow_function) (method_definition) (generator_function_declaration)
 (generator_function)] @function
(comment) @comment [(class_declaration) (class)] @type
[(if_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (ternary_expression) (catch_clause)] @branch
(switch_statement) @choice (switch_case) @case "else" @else
[(break_statement label: (_)) (continue_statement label: (_))] @jump
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or
"""
_TYPESCRIPT = f"""{_JAVASCRIPT}
(binary_expression operator: "??") @decision (abstract_class_declaration) @type
[(class_declaration) (abstract_class_declaration) (interface_declaration) (enum_declaration)] @kind
[(abstract_class_declaration) (interface_declaration)] @promise
"""
_CSHARP = """
[(method_declaration body: (_)) (constructor_declaration body: (_)) (destructor_declaration) (local_function_statement)
 (operator_declaration) (accessor_declaration body: (_))] @function
[(lambda_expression) (anonymous_method_expression)] @lambda (comment) @comment
[(class_declaration) (struct_declaration) (interface_declaration) (record_declaration)] @type
[(if_statement) (for_statement) (foreach_statement) (while_statement) (do_statement) (conditional_expression) (catch_clause)] @branch
[(switch_statement) (switch_expression)] @choice "case" @case "else" @else (goto_statement) @jump
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or (binary_expression operator: "??") @decision
[(class_declaration) (struct_declaration) (interface_declaration) (record_declaration) (enum_declaration)] @kind
(interface_declaration) @promise ((class_declaration (modifier) @modifier) @promise (#eq? @modifier "abstract"))
"""
_RUBY = """
[(method) (singleton_method)] @function [(block) (do_block) (lambda)] @lambda (comment) @comment [(class) (module)] @type
[(if) (unless) (while) (until) (for) (if_modifier) (unless_modifier) (while_modifier) (until_modifier) (conditional) (rescue)
 (rescue_modifier)] @branch
[(case) (case_match)] @choice [(when) (in_clause)] @case (elsif) @elif
[(if (else) @else) (unless (else) @else) (elsif (else) @else)]
(binary operator: ["&&" "and"]) @and (binary operator: ["||" "or"]) @or
"""
_PHP = """
[(function_definition) (method_declaration body: (_))] @function [(anonymous_function) (arrow_function)] @lambda
(comment) @comment [(class_declaration) (interface_declaration) (trait_declaration) (enum_declaration)] @type
[(if_statement) (for_statement) (foreach_statement) (while_statement) (do_statement) (conditional_expression) (catch_clause)] @branch
[(switch_statement) (match_expression)] @choice [(case_statement) (match_conditional_expression)] @case
(else_if_clause) @elif "else" @else [(goto_statement) (break_statement (integer)) (continue_statement (integer))] @jump
(binary_expression operator: ["&&" "and"]) @and (binary_expression operator: ["||" "or"]) @or
[(class_declaration) (interface_declaration) (trait_declaration) (enum_declaration)] @kind
[(interface_declaration) (class_declaration (abstract_modifier))] @promise
"""
_KOTLIN = """
[(function_declaration) (secondary_constructor) (anonymous_function)] @function (lambda_literal) @lambda
[(line_comment) (block_comment)] @comment [(class_declaration) (object_declaration)] @type
[(if_expression) (for_statement) (while_statement) (do_while_statement) (catch_block)] @branch
(when_expression) @choice (when_entry) @case (if_expression "else" @else)
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or (binary_expression operator: "?:") @decision
[(class_declaration) (object_declaration)] @kind (class_declaration "interface") @promise
((class_declaration (modifiers [(inheritance_modifier) (class_modifier)] @modifier)) @promise (#any-of? @modifier "abstract" "sealed"))
"""
_SCALA = """
(function_definition) @function (lambda_expression) @lambda [(comment) (block_comment)] @comment
[(class_definition) (object_definition) (trait_definition)] @type
[(if_expression) (for_expression) (while_expression) (do_while_expression) (catch_clause)] @branch
(match_expression) @choice (case_clause) @case "else" @else
((infix_expression operator: (operator_identifier) @sign) @and (#eq? @sign "&&"))
((infix_expression operator: (operator_identifier) @sign) @or (#eq? @sign "||"))
"""
_SWIFT = """
[(function_declaration) (init_declaration) (deinit_declaration)] @function (lambda_literal) @lambda
[(comment) (multiline_comment)] @comment (class_declaration) @type
[(if_statement) (guard_statement) (for_statement) (while_statement) (repeat_while_statement) (ternary_expression) (catch_block)] @branch
(switch_statement) @choice "case" @case (if_statement (else) @else) (conjunction_expression) @and (disjunction_expression) @or
"""
_RUST = """
(function_item) @function (closure_expression) @lambda [(line_comment) (block_comment)] @comment
[(if_expression) (for_expression) (while_expression)] @branch [(loop_expression) (match_expression)] @choice
(match_arm) @case (try_expression) @decision "else" @else [(break_expression (label)) (continue_expression (label))] @jump
(binary_expression operator: "&&") @and (binary_expression operator: "||") @or (let_chain "&&" @decision)
(macro_invocation (token_tree) @macro) (use_declaration argument: (_) @use) (extern_crate_declaration) @crate (mod_item) @mod
[(scoped_identifier) (scoped_type_identifier)] @path
[(struct_item) (enum_item) (union_item) (trait_item)] @kind (trait_item) @promise
"""
_BASH = """
(function_definition) @function (comment) @comment
[(if_statement) (for_statement) (c_style_for_statement) (while_statement)] @branch
(case_statement) @choice (case_item) @case (elif_clause) @elif "else" @else (list "&&") @and (list "||") @or
"""
_PYTHON = """
(function_definition) @function (lambda) @lambda (comment) @comment (class_definition) @type
[(if_statement) (conditional_expression) (for_statement) (while_statement) (except_clause)] @branch
(match_statement) @choice (case_clause) @case (elif_clause) @elif (else_clause "else" @else)
[(for_in_clause) (if_clause) (assert_statement)] @decision
[(for_statement (else_clause) @decision) (while_statement (else_clause) @decision) (try_statement (else_clause) @decision)]
(boolean_operator operator: "and") @and (boolean_operator operator: "or") @or
(assert_statement (_) @unasked) (function_definition parameters: (_) @unasked) (function_definition return_type: (_) @unasked)
(decorated_definition (decorator) @unasked)
(class_definition) @kind
((class_definition superclasses: (argument_list [(identifier) @base (attribute attribute: (identifier) @base) (subscript value: (identifier) @base)
 (subscript value: (attribute attribute: (identifier) @base)) (keyword_argument value: [(identifier) @base (attribute attribute: (identifier) @base)])]))
 @promise (#any-of? @base "ABC" "Protocol" "ABCMeta"))
"""


@dataclass(frozen=True, slots=True)
class Grammar:
    """One grammar: its distribution's module, the function there that gives it, what its nodes mean.

    ``joint`` joins the names of types and the functions in them.
    """

    key: str
    module: str
    queries: str
    function: str = "language"
    joint: str = "::"


_GRAMMARS = (
    Grammar("c", "tree_sitter_c", _C),
    Grammar("c++", "tree_sitter_cpp", _CPP),
    Grammar("go", "tree_sitter_go", _GO),
    Grammar("java", "tree_sitter_java", _JAVA),
    Grammar("javascript", "tree_sitter_javascript", _JAVASCRIPT, joint="."),
    Grammar("typescript", "tree_sitter_typescript", _TYPESCRIPT, "language_typescript", "."),
    Grammar("tsx", "tree_sitter_typescript", _TYPESCRIPT, "language_tsx", "."),
    Grammar("c#", "tree_sitter_c_sharp", _CSHARP),
    Grammar("ruby", "tree_sitter_ruby", _RUBY),
    Grammar("php", "tree_sitter_php", _PHP, "language_php"),
    Grammar("kotlin", "tree_sitter_kotlin", _KOTLIN, joint="."),
    Grammar("scala", "tree_sitter_scala", _SCALA, joint="."),
    Grammar("swift", "tree_sitter_swift", _SWIFT, joint="."),
    Grammar("rust", "tree_sitter_rust", _RUST),
    Grammar("bash", "tree_sitter_bash", _BASH),
    Grammar("python", "tree_sitter_python", _PYTHON, joint="."),
)
_BY_KEY = {grammar.key: grammar for grammar in _GRAMMARS}
_SUFFIXES = {
    "c": "c h", "c++": "cc cpp cxx c++ hh hpp hxx", "go": "go", "java": "java", "javascript": "js cjs mjs jsx", "typescript": "ts mts cts",
    "tsx": "tsx", "c#": "cs csx", "ruby": "rb rake", "php": "php phtml php5", "kotlin": "kt kts", "scala": "scala sc", "swift": "swift",
    "rust": "rs", "bash": "sh bash ksh", "python": "py pyw pyi",
}  # fmt: skip
_BY_SUFFIX = {f".{suffix}": _BY_KEY[key] for key, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}


def grammar_of(suffix: str) -> Grammar | None:
    """The grammar of files with ``suffix`` (".go"), None when there is none."""
    return _BY_SUFFIX.get(suffix)


@cache
def language(key: str) -> Language:
    """The compiled grammar, loaded when first asked for."""
    grammar = _BY_KEY[key]
    return Language(getattr(import_module(grammar.module), grammar.function)())


@cache
def query(key: str) -> Query:
    """The compiled captures of a grammar."""
    return Query(language(key), _BY_KEY[key].queries)
