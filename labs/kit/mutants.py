"""Small changes to a right answer, each of which the checks have to notice.

For Python the changes are to its syntax tree; for anything else to its numbers, words and lines.
"""

import ast
import copy
import re
from collections import Counter

from labs.kit.course import Answer

COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Pow: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


def mutants(answer):
    """Every mutant as an Answer; its name says line and change, and is unique."""
    names: Counter[str] = Counter()
    seen, found = {answer.text.strip()}, []
    for name, text in of_python(answer.text) if answer.suffix == ".py" else of_text(answer):
        if text.strip() not in seen:
            seen.add(text.strip())
            names[name] += 1
            # The same change may be made in two places of a line.
            which = f" ({names[name]})" if names[name] > 1 else ""
            path = answer.path.with_name(f"mutant{answer.suffix}")
            found.append((name + which, Answer(path, text)))
    return found


def of_python(source):
    tree = ast.parse(source)
    places = [node for node in ast.walk(tree) if not is_docstring(tree, node)]
    for place, node in enumerate(ast.walk(tree)):
        if node not in places:
            continue
        for change in changes(node):
            other = copy.deepcopy(tree)
            target = list(ast.walk(other))[place]
            said = change(target)
            yield f"line {getattr(node, 'lineno', 0)}: {said}", ast.unparse(other)
    yield from without_statements(tree)


def is_docstring(tree, node):
    documented = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bodies = [n.body for n in ast.walk(tree) if isinstance(n, documented) and n.body]
    return any(isinstance(body[0], ast.Expr) and body[0].value is node for body in bodies)


def changes(node):
    """Functions that change a node of this kind in place, and say what they did."""
    if isinstance(node, ast.Constant):
        yield from constant_changes(node.value)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARE:
        yield lambda n: swap(n.ops, 0, COMPARE[type(n.ops[0])]())
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in ARITHMETIC:
        yield lambda n: put(n, "op", ARITHMETIC[type(n.op)]())
    elif isinstance(node, ast.BoolOp):
        yield lambda n: put(n, "op", ast.Or() if isinstance(n.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda n: put(n, "op", ast.UAdd()) and "`not` dropped"
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield lambda n: put(n, "test", ast.UnaryOp(ast.Not(), n.test)) and "test negated"
    elif isinstance(node, ast.Name) and node.id in CALLS and isinstance(node.ctx, ast.Load):
        yield lambda n: put(n, "id", CALLS[n.id])


def constant_changes(value):
    if isinstance(value, bool):
        yield lambda n: put(n, "value", not n.value)
    elif isinstance(value, (int, float)):
        yield lambda n: put(n, "value", n.value + 1)
        yield lambda n: put(n, "value", n.value * 2 if n.value else -1)
    elif isinstance(value, str) and value:
        yield lambda n: put(n, "value", n.value + "x")


def put(node, name, value):
    before = getattr(node, name)
    setattr(node, name, value)
    return f"{shown(before)} becomes {shown(value)}"


def swap(items, place, value):
    before, items[place] = items[place], value
    return f"{shown(before)} becomes {shown(value)}"


def shown(value):
    if isinstance(value, ast.expr):
        return ast.unparse(value)
    return type(value).__name__ if isinstance(value, ast.AST) else repr(value)


def without_statements(tree):
    """One statement of a function gone, for each; a `return` gives None."""
    for place, node in enumerate(ast.walk(tree)):
        for part in ("body", "orelse"):
            body = getattr(node, part, None)
            if not isinstance(body, list) or isinstance(node, (ast.Module, ast.ClassDef)):
                continue
            for line, statement in enumerate(body):
                if isinstance(statement, (ast.Pass, ast.FunctionDef)) or is_text(statement):
                    continue
                other = copy.deepcopy(tree)
                getattr(list(ast.walk(other))[place], part)[line] = ast.Pass()
                kind = type(statement).__name__
                yield f"line {statement.lineno}: {kind} dropped", ast.unparse(other)


def is_text(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


NUMBER = re.compile(r"(?<![\w.\"'/-])\d+(?:\.\d+)?(?![\w]*[\"'/]|[\d.])")
WORDS = {
    "true": "false", "false": "true", ">=": "<", "<=": ">", " and ": " or ", " or ": " and ",
    "PRIMARY KEY": "NOT NULL", "UNIQUE": "", "NOT NULL": "",
}  # fmt: skip


def of_text(answer):
    """Numbers grow by one half and double, words turn round, lines go; comments stay."""
    lines = answer.text.splitlines()
    for place, line in enumerate(lines):
        code = line.split(" #")[0].split("--")[0]
        if not code.strip() or code.lstrip()[0] in "#<":
            continue
        for name, other in line_changes(code):
            changed = [*lines[:place], *([] if other is None else [other]), *lines[place + 1 :]]
            yield f"line {place + 1}: {name}", "\n".join(changed) + "\n"


def line_changes(code):
    yield f"`{code.strip()}` dropped", None
    # Addresses are the stack's to choose.
    for match in () if "port_value" in code else NUMBER.finditer(code):
        value = float(match[0])
        for other in (value * 2, value / 2) if value else (1.0,):
            number = f"{other:g}" if "." in match[0] or other % 1 else str(int(other))
            if other % 1 and "." not in match[0]:
                continue
            changed = code[: match.start()] + number + code[match.end() :]
            yield f"{match[0]} becomes {number}", changed
    for word, turned in WORDS.items():
        if word in code:
            said = f"{word.strip()} becomes {turned.strip() or 'nothing'}"
            yield said, code.replace(word, turned)
