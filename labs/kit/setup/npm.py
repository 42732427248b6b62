"""What the pages load when an exercise is touched: npm's packages of the lock file, without npm.

They are put below `docs/`, where both builders copy them from. Nothing in them is run here.
"""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from labs.kit.setup.screen import Screen
from labs.kit.trouble import Trouble

MODULE = ("dist/index.js",)
# Package by package the files that a browser loads; a package that is not named is not needed.
FILES = {
    "@codemirror/autocomplete": MODULE,
    "@codemirror/commands": MODULE,
    "@codemirror/lang-python": MODULE,
    "@codemirror/lang-sql": MODULE,
    "@codemirror/lang-yaml": MODULE,
    "@codemirror/language": MODULE,
    "@codemirror/state": MODULE,
    "@codemirror/streamparser": MODULE,
    "@codemirror/view": MODULE,
    "@electric-sql/pglite": (
        "dist/index.js", "dist/chunk-*.js",
        "dist/pglite.data", "dist/pglite.wasm", "dist/initdb.wasm",
    ),
    "@lezer/common": MODULE,
    "@lezer/highlight": MODULE,
    "@lezer/lr": MODULE,
    "@lezer/python": MODULE,
    "@lezer/yaml": MODULE,
    "@marijn/find-cluster-break": ("src/index.js",),
    "crelt": ("index.js",),
    "pyodide": (
        "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm",
        "pyodide-lock.json", "python_stdlib.zip",
    ),
    "style-mod": ("src/style-mod.js",),
    "w3c-keyname": ("index.js",),
}  # fmt: skip
PUBLIC = "https://registry.npmjs.org/"
BARE = re.compile(rb"""(\bfrom\s*|\bimport\s*)(["'])([@a-z][^"']*)\2""")


def find_or_bring(screen: Screen, root: Path) -> None:
    """Not having them stops nobody: the pages read as well, and `lab check` checks."""
    place = root / "docs" / "assets" / "npm"
    try:
        locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        wanted = json.dumps([FILES, {name: locked[f"node_modules/{name}"] for name in FILES}])
        if stamp(place) == wanted:
            screen.found("as the lock file says")
            return
        bring(screen, locked, place, wanted)
        screen.found(f"brought, {len(FILES)} packages")
    except Trouble as trouble:
        screen.found(f"{trouble}\n    Exercises do not run in the page until they are there.")


def stamp(place: Path) -> str:
    try:
        return (place / ".wanted").read_text(encoding="utf-8")
    except OSError:
        return ""


def bring(screen: Screen, locked: dict[str, dict[str, str]], place: Path, wanted: str) -> None:
    """All of them or none: made beside their place, and renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".npm-", dir=place.parent))
    try:
        with ThreadPoolExecutor(4) as pool:
            for name, archive in pool.map(
                lambda name: (name, package(name, locked[f"node_modules/{name}"])), FILES
            ):
                screen.at(f"unpacking {name}")
                unpack(archive, name, making / name)
        (making / ".wanted").write_text(wanted, encoding="utf-8")
        making.chmod(0o755)
        shutil.rmtree(place, ignore_errors=True)
        making.rename(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def package(name: str, locked: dict[str, str]) -> bytes:
    """The archive, and exactly that one which the lock file means."""
    file = f"{name.rpartition('/')[2]}-{locked['version']}.tgz"
    address = f"{registry()}{name}/-/{file}"
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            archive = answer.read()
    except OSError as wrong:
        raise Trouble(f"{address} could not be fetched: {wrong}.") from None
    kind, _, digest = locked["integrity"].partition("-")
    if hashlib.new(kind, archive).digest() != base64.b64decode(digest):
        raise Trouble(f"{address} is not what package-lock.json says: its {kind} differs.")
    return archive


def registry() -> str:
    """npm's own: the variable, the user's file, the public one."""
    named = os.environ.get("npm_config_registry", "")  # noqa: SIM112 - npm's spelling.
    try:
        said = (Path.home() / ".npmrc").read_text(encoding="utf-8")
        found = re.search(r"^registry\s*=\s*(\S+)", said, re.MULTILINE)
        named = named or (found[1] if found else "")
    except (OSError, UnicodeDecodeError, RuntimeError):
        pass
    return (named or PUBLIC).rstrip("/") + "/"


def unpack(archive: bytes, name: str, place: Path) -> None:
    """The files that a browser loads, and the licence."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for member in tar:
            path = Path(*Path(member.name).parts[1:])
            if not member.isfile() or not needed(name, path) or ".." in path.parts:
                continue
            content = tar.extractfile(member)
            assert content is not None
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            linked = link(content.read(), name, path) if path.suffix == ".js" else content.read()
            (place / path).write_bytes(linked)


def needed(name: str, path: Path) -> bool:
    licence = len(path.parts) == 1 and path.name.upper().startswith(("LICEN", "NOTICE"))
    return licence or any(
        path.match(pattern) for pattern in FILES[name] if same_depth(path, pattern)
    )


def same_depth(path: Path, pattern: str) -> bool:
    return len(path.parts) == pattern.count("/") + 1


def link(module: bytes, name: str, path: Path) -> bytes:
    """The names of other packages, which a browser does not know, as paths from this module."""
    up = "../" * (len(path.parts) - 1 + name.count("/") + 1)

    def relative(found: re.Match[bytes]) -> bytes:
        other = found[3].decode()
        if other not in FILES:
            return found[0]
        return b"%s%s%s%s" % (
            found[1],
            found[2],
            f"{up}{other}/{FILES[other][0]}".encode(),
            found[2],
        )

    return BARE.sub(relative, module)
