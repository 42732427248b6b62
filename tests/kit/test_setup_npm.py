"""npm's packages without npm, from a registry that is ours."""

import base64
import hashlib
import io
import json
import tarfile

import pytest

from labs.kit.course import ROOT
from labs.kit.setup import npm
from labs.kit.setup.screen import Screen


def archive(files):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return made.getvalue()


ONE = archive(
    {
        "dist/index.js": 'import {x} from "two";\nexport * from "@three/four";\n',
        "dist/index.cjs": "not for browsers",
        "LICENSE": "MIT",
        "../../outside.js": "no",
    }
)
TWO = archive({"index.js": "export const x = 1;"})


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A clone whose lock file names two packages, and the registry that has them."""
    packages = {"@a/one": ONE, "two": TWO}
    monkeypatch.setattr(npm, "FILES", {"@a/one": ("dist/index.js",), "two": ("index.js",)})
    registry = tmp_path / "registry"
    locked = {}
    for name, content in packages.items():
        place = registry / name / "-" / f"{name.rpartition('/')[2]}-1.0.0.tgz"
        place.parent.mkdir(parents=True)
        place.write_bytes(content)
        digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
        locked[f"node_modules/{name}"] = {"version": "1.0.0", "integrity": f"sha512-{digest}"}
    monkeypatch.setenv("npm_config_registry", registry.as_uri())
    clone = tmp_path / "a clone"
    clone.mkdir()
    (clone / "package-lock.json").write_text(json.dumps({"packages": locked}))
    return clone


def brought(root, capsys):
    screen = Screen(1)
    with screen.step("JavaScript packages"):
        npm.find_or_bring(screen, root)
    return capsys.readouterr().out


def test_only_what_a_browser_loads_is_unpacked(root, capsys):
    assert "brought, 2 packages" in brought(root, capsys)

    place = root / "docs/assets/npm"
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert found == {".wanted", "@a/one/LICENSE", "@a/one/dist/index.js", "two/index.js"}


def test_modules_find_one_another_by_path(root, capsys):
    brought(root, capsys)

    module = (root / "docs/assets/npm/@a/one/dist/index.js").read_text()
    assert 'from "../../../two/index.js"' in module
    assert 'from "@three/four"' in module


def test_nothing_is_brought_twice(root, capsys, monkeypatch):
    brought(root, capsys)
    monkeypatch.setenv("npm_config_registry", "file:///nowhere")

    assert "as the lock file says" in brought(root, capsys)


def test_what_is_not_what_the_lock_file_says_is_refused(root, capsys, tmp_path):
    (tmp_path / "registry/two/-/two-1.0.0.tgz").write_bytes(ONE)

    said = brought(root, capsys)

    assert "is not what package-lock.json says" in said
    assert "Exercises do not run in the page until they are there." in said
    assert not (root / "docs/assets/npm").exists()


def test_no_network_stops_nobody(root, capsys, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "file:///nowhere")

    assert "could not be fetched" in brought(root, capsys)


def test_every_package_that_is_needed_is_locked():
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert not [name for name in npm.FILES if f"node_modules/{name}" not in lock]


def test_an_older_lock_is_renewed(root, capsys):
    brought(root, capsys)
    (root / "docs/assets/npm/.wanted").write_text("another")

    assert "brought, 2 packages" in brought(root, capsys)
