"""Load checks and answers from files, by path and afresh each time."""

import ast
import inspect
import linecache
import sys
import traceback
import types
from pathlib import Path

from labs.kit.trouble import Trouble


class Unusable(Exception):
    """The answer cannot be judged as it is; its text says why."""


def fixture(function):
    """Mark a function of `checks.py` as one that makes what checks ask for by its name.

    It is called at most once a run. It may `yield` instead of return: what follows is clean-up.
    """
    function.makes = True
    return function


def checks(path):
    """The public functions of a file, in order: its checks, and the makers beside them."""
    module = types.ModuleType("checks")
    module.__file__ = str(path)
    exec(compile(source(path), str(path), "exec"), module.__dict__)
    mine = [
        value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == "checks" and name[0] != "_"
    ]
    made = {function.__name__: function for function in mine if hasattr(function, "makes")}
    claims = [function for function in mine if not hasattr(function, "makes")]
    unsaid = [function.__name__ for function in claims if not function.__doc__]
    if unsaid:
        raise Trouble(f"{path}: the check `{unsaid[0]}` has no docstring to say what it claims.")
    if not claims:
        raise Trouble(f"{path} holds no check. A public function there is one.")
    return claims, made


def answer(answer, starter):
    """What a check gets as `solution`: a module for Python, the text for anything else."""
    if answer.suffix != ".py":
        if not answer.text.strip():
            raise Unusable("the answer is empty")
        return answer.text
    module = types.ModuleType("answer")
    module.__file__ = str(answer.path)
    sys.modules["answer"] = module  # dataclasses and pickle look their module up by its name.
    remember(answer.path, answer.text)
    wanted = list(asked_for(starter.text))
    exec(compile(answer.text, str(answer.path), "exec"), module.__dict__)
    for name, form in wanted:
        if not callable(getattr(module, name, None)):
            raise Unusable(f"the answer defines no `{name}`. The task asks for `{form}`")
    return module


def asked_for(source_text):
    """The public functions and classes of a starter: what every answer must define."""
    for node in ast.parse(source_text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name[0] != "_":
            yield node.name, f"{node.name}({ast.unparse(node.args)})"
        elif isinstance(node, ast.ClassDef) and node.name[0] != "_":
            yield node.name, f"class {node.name}"


def source(path):
    text = path.read_text(encoding="utf-8")
    remember(path, text)
    return text


def remember(path, text):
    """Give tracebacks the text that ran, which may be on no disk."""
    lines = text.splitlines(keepends=True)
    linecache.cache[str(path)] = (len(text), None, lines, str(path))


def trace(raised, path):
    """The traceback from the learner's file on: what the kit did is not theirs to read.

    Nothing, where the sentence says it all.
    """
    frames = traceback.extract_tb(raised.__traceback__)
    mine = [place for place, frame in enumerate(frames) if frame.filename == str(path)]
    if not mine and isinstance(raised, (Trouble, Unusable)):
        return ""
    if not mine and isinstance(raised, SyntaxError):
        return "".join(traceback.format_exception_only(raised))
    if not mine:
        return "".join(traceback.format_exception(raised)) if frames else ""
    theirs = [frame for frame in frames[mine[0] :] if Path(frame.filename).parent != KIT]
    lines = traceback.format_list(theirs[:6])
    said = str(raised)
    return "".join(lines) + f"{type(raised).__name__}{': ' + said if said else ''}\n"


KIT = Path(__file__).parent
