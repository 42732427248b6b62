"""The learner's own copies, below `work/`: never overwritten unasked, and always recoverable."""

import contextlib
import json
import os
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from labs.kit.course import Answer, Course, Exercise, Lab
from labs.kit.trouble import Trouble

FOLDER = "GROUND_SCHOOL_WORK"


class Work:
    """What a learner has written. `GROUND_SCHOOL_WORK` names another folder than `work/`."""

    def __init__(self, course: Course, folder: Path | None = None):
        named = os.environ.get(FOLDER)
        self.folder = folder or (Path(named).absolute() if named else course.root / "work")

    def path(self, exercise: Exercise) -> Path:
        return self.folder / f"{exercise.slug}{exercise.starter.suffix}"

    def notebook(self, lab: Lab) -> Path:
        return self.folder / f"{lab.slug}.ipynb"

    def answer(self, exercise: Exercise) -> Answer:
        """What the learner wrote; the starter's copy, made now, where nothing was begun."""
        path = self.path(exercise)
        if not path.exists():
            kept = self.versions(exercise.slug)
            if kept:
                raise Trouble(
                    f"{path} is gone. `lab open {exercise.slug}` brings back the version of "
                    f"{moment(kept[-1])}; `lab reset {exercise.slug}` begins again."
                )
            self.open(exercise)
        return Answer.read(path)

    def open(self, exercise: Exercise) -> Path:
        """The learner's file, made from the last version that was kept, or from the starter."""
        path = self.path(exercise)
        if not path.exists():
            kept = self.versions(exercise.slug)
            create(path, kept[-1].read_bytes() if kept else exercise.starter.text.encode())
            self.keep(exercise.slug, path)
        return path

    def open_notebook(self, lab: Lab) -> Path:
        """The learner's copy of the notebook. Trouble where it, or ours, is no notebook."""
        path = self.notebook(lab)
        if not path.exists():
            kept = self.versions(lab.slug)
            source = kept[-1] if kept else lab.notebook
            assert_notebook(source, "")
            create(path, source.read_bytes())
            self.keep(lab.slug, path)
        assert_notebook(path, f" `lab reset --notebook {lab.slug}` begins again, and keeps it.")
        return path

    def save(self, exercise: Exercise, text: str) -> Answer:
        """Put an answer that was written elsewhere, in a notebook, in the learner's file."""
        path = self.path(exercise)
        if path.exists():
            self.keep(exercise.slug, path)
        write(path, text.encode())
        self.keep(exercise.slug, path)
        return Answer(path, text)

    def reset(self, exercise: Exercise) -> Path | None:
        """The starter again. What was there is kept, at the path that is returned."""
        return self._replace(exercise.slug, self.path(exercise), exercise.starter.text.encode())

    def reset_notebook(self, lab: Lab) -> Path | None:
        assert_notebook(lab.notebook, "")
        return self._replace(lab.slug, self.notebook(lab), lab.notebook.read_bytes())

    def undo(self, slug: str, path: Path) -> Path | None:
        """Bring back what the last reset replaced; what is there now is kept. Twice is a redo."""
        note = self._history(slug) / "replaced"
        if not note.exists():
            raise Trouble(f"No reset of {slug} has replaced anything, so nothing can be undone.")
        wanted = self._history(slug) / note.read_text(encoding="utf-8")
        return self._replace(slug, path, wanted.read_bytes())

    def _replace(self, slug: str, path: Path, content: bytes) -> Path | None:
        kept = self.keep(slug, path) if path.exists() else None
        if kept is not None:
            write(self._history(slug) / "replaced", kept.name.encode())
        write(path, content)
        # Or a file that is deleted next would come back as what this has just replaced.
        self.keep(slug, path)
        return kept

    def keep(self, slug: str, path: Path) -> Path:
        """A copy of the file as it is now, where it changed; the copy that holds it already."""
        content = path.read_bytes()
        kept = self.versions(slug)
        if kept and kept[-1].read_bytes() == content:
            return kept[-1]
        time = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        copy = self._history(slug) / f"{time}-{zlib.crc32(content):08x}{path.suffix}"
        write(copy, content)
        return copy

    def versions(self, slug: str) -> list[Path]:
        """Every version that was kept, oldest first."""
        found = self._history(slug).glob("[0-9]*-*.*")
        return sorted(path for path in found if path.is_file())

    def _history(self, slug: str) -> Path:
        return self.folder / ".history" / slug


def moment(version: Path) -> str:
    """When a version was kept, as people say it, in their own time zone."""
    time = datetime.strptime(version.name.partition("-")[0], "%Y%m%dT%H%M%S.%fZ")
    return time.replace(tzinfo=UTC).astimezone().strftime("%d %B, %H:%M:%S")


def write(path: Path, content: bytes) -> None:
    """The whole content or none of it, on the disk when this returns."""
    # A link to somewhere else stays a link.
    path = Path(os.path.realpath(path))
    with made_beside(path, content) as making:
        with contextlib.suppress(OSError):
            making.chmod(path.stat().st_mode)
        making.replace(path)


def create(path: Path, content: bytes) -> None:
    """The same for a file that must not be there: what somebody made meanwhile is left alone."""
    with made_beside(path, content) as making:
        try:
            os.link(making, path)
        except FileExistsError:
            return
        except OSError:
            # A file system without links. What may come between is a moment, on a disk like that.
            if not path.exists():
                making.replace(path)


@contextlib.contextmanager
def made_beside(path: Path, content: bytes) -> Iterator[Path]:
    """A finished file in the same folder, gone afterwards unless it was renamed."""
    making = path.parent / f".making-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with making.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield making
        settle(path.parent)
    except OSError as wrong:
        raise Trouble(
            f"{path} cannot be written: {wrong.strerror}. What was there is as it was. "
            f"`{FOLDER}` names another folder to work in."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            making.unlink()


def settle(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def assert_notebook(path: Path, remedy: str) -> None:
    """Trouble, unless Jupyter can open it: JSON, of version 4 of the format, with cells."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        version, cells = data["nbformat"], data["cells"]
        if version == 4 and isinstance(cells, list):
            return
        what = (
            "it has no list of cells" if version == 4 else f"its format is version {version}, not 4"
        )
    except FileNotFoundError:
        raise Trouble(f"{path} does not exist.{remedy}") from None
    except UnicodeDecodeError as wrong:
        what = f"it is not UTF-8 at byte {wrong.start}"
    except ValueError as wrong:
        what = f"it is not JSON: {wrong}"
    except (KeyError, TypeError):
        what = "it is JSON, but without `nbformat` and `cells`"
    raise Trouble(f"{path} is not a notebook: {what}.{remedy}")
