"""The small faults that can be put into a module, one at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REACHED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


UNSEEN = frozenset({"strict", "slots", "frozen", "kw_only", "order", "check_same_thread"})
"""Keywords that only refuse what sound code never does: no run tells them from their opposite."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault.

    Attributes:
        line: where it is, from 1.
        what: the code before and after, on one line.
        place: how many nodes a walk through the module meets before it.
        changed: what stands there instead.
    """

    line: int
    what: str
    place: int
    changed: ast.AST

    def put_into(self, source: str) -> str:
        """The module with the fault in it."""
        tree = ast.parse(source)
        _replace(tree, self.place, self.changed)
        return ast.unparse(ast.fix_missing_locations(tree))


def mutations(source: str) -> Iterator[Mutation]:
    """Every fault a module can be given; texts, annotations and docstrings stay as they are.

    What is written to the log, what is there for type checkers and what ``UNSEEN`` keywords say
    stay, too.
    """
    tree = ast.parse(source)
    unseen = {id(node) for one in ast.walk(tree) if _is_unseen(one) for node in ast.walk(one)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) not in unseen:
            for changed in _changed(node):
                what = f"{_shown(node)} → {_shown(changed)}"
                yield Mutation(getattr(node, "lineno", 1), what, place, changed)


def _is_unseen(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg=name):
            return name in UNSEEN
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="_log")))):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    yield from _changed_statement(node) if isinstance(node, ast.stmt) else _changed_expression(node)


def _changed_expression(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators) if type(op) in COMPARED:
            yield ast.Compare(left, [COMPARED[type(op)]()], comparators)
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield ast.BoolOp(other, values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in REACHED:
            if not isinstance(left, ast.Constant) and not isinstance(left, ast.JoinedStr):
                yield ast.BinOp(left, REACHED[type(op)](), right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)


def _changed_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _shown(node: ast.AST) -> str:
    text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))
    return text.splitlines()[0][:70]


def _replace(tree: ast.Module, number: int, changed: ast.AST) -> None:
    """Put a node in the place of the one that a walk meets as the ``number``-th."""
    changed = copy.deepcopy(changed)
    target = next(node for at, node in enumerate(ast.walk(tree)) if at == number)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, changed)
                return
            if isinstance(value, list) and any(one is target for one in value):
                value[next(at for at, one in enumerate(value) if one is target)] = changed
                return
