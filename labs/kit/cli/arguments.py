"""What can be typed after `lab`."""

import argparse
from typing import NoReturn

ABOUT = "Learn to run what you ship: labs on real servers, every exercise proven."
AFTER = """\
A slug names a lab (networking/retries) or an exercise (networking/retries/backoff); its end is
enough where nothing else ends so (retries, backoff). Your answers are in work/.

exit status:
  0   it passed, or the command did what it says
  1   it did not pass
  2   trouble: a slug that names nothing, a file that cannot be read, a server that is missing
  70  a fault of ours

environment:
  GROUND_SCHOOL_WORK   another folder for your answers than work/
  GROUND_SCHOOL_ROOT   another course than the one this command came with
  GROUND_SCHOOL_DEBUG  show the traceback of a fault of ours
  NO_COLOR             no colours
"""

COMMANDS = (
    "list", "open", "check", "watch", "hint", "reset", "solution", "progress", "doctor",
    "run", "verify", "new", "links",
)  # fmt: skip


def unknown_command(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, COMMANDS, n=1)
    nearest = f" The nearest is `lab {near[0]}`." if near else " `lab --help` names them all."
    return f"There is no command `{word}`.{nearest}"


class Parser(argparse.ArgumentParser):
    """Complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}. `{self.prog} --help` shows more.\n")


def parser() -> argparse.ArgumentParser:
    top = Parser(
        prog="lab",
        description=ABOUT,
        epilog=AFTER,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.set_defaults(command=None)
    commands = top.add_subparsers(title="commands", metavar="", parser_class=Parser)

    def command(name: str, module: str, words: str, *, slug: str = "") -> argparse.ArgumentParser:
        # `list` is a word of Python's; `list_` is its function.
        made = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        made.set_defaults(command=f"{name}_" if name == "list" else name, module=module)
        if slug:
            made.add_argument("slug", nargs="?" if slug == "?" else None, metavar="SLUG")
        return made

    add_learning(command)
    add_authoring(command)
    return top


def add_learning(command) -> None:
    command("list", "overview", "show the labs, and where you are")
    opened = command("open", "answers", "make your copy, and say where it is", slug="1")
    opened.add_argument(
        "--notebook", action="store_true", help="open the lab's notebook in Jupyter"
    )
    check = command("check", "answers", "judge your answer, or those of a whole lab", slug="?")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    check.add_argument("--seed", type=int, metavar="N", help="draw the inputs from this seed")
    command("watch", "watching", "check again whenever you save", slug="?")
    hint = command("hint", "guidance", "show the next hint", slug="?")
    hint.add_argument("--again", action="store_true", help="show those that you have seen")
    reset = command("reset", "answers", "begin again; what you have is kept", slug="1")
    reset.add_argument("--notebook", action="store_true", help="of a lab: begin its notebook again")
    reset.add_argument("--undo", action="store_true", help="bring back what a reset replaced")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    solution = command("solution", "guidance", "show the solution beside your answer", slug="?")
    solution.add_argument("--yes", action="store_true", help="do not ask")
    progress = command("progress", "overview", "show what you have done")
    progress.add_argument("--json", action="store_true", help="print it as JSON")
    doctor = command(
        "doctor", "authoring", "say what works on this machine, and what mends the rest"
    )
    doctor.add_argument("--json", action="store_true", help="print it as JSON")


def add_authoring(command) -> None:
    run = command("run", "authoring", "run an experiment of a lab; without a name, list them")
    run.add_argument("lab", metavar="LAB")
    run.add_argument("experiment", nargs="?", metavar="EXPERIMENT")
    run.add_argument("--record", action="store_true", help="keep the run for the lab's page")
    verify = command("verify", "authoring", "prove a lab, or all of them", slug="?")
    verify.add_argument("--json", action="store_true", help="print the numbers as JSON")
    new = command("new", "authoring", "begin a lab, or an exercise of one")
    new.add_argument("slug", metavar="TRACK/LAB")
    new.add_argument("--exercise", metavar="NAME", help="the exercise to begin (default: first)")
    new.add_argument("--kind", choices=["py", "sql", "yaml"], default="py", help="of its answers")
    links = command("links", "authoring", "check the links to this course in your own files")
    links.add_argument("paths", nargs="+", metavar="FILE-OR-FOLDER")
    links.add_argument(
        "--site", action="append", default=[], metavar="URL", help="where you serve the course"
    )
    links.add_argument("--json", action="store_true", help="print every link as JSON")
