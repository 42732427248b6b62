"""Learners' copies: never overwritten, never lost."""

import errno
import json
import os

import pytest

from labs.kit.trouble import Trouble
from labs.kit.work import Work, create, write


@pytest.fixture
def work(small):
    return Work(small)


@pytest.fixture
def lesson(small):
    return small.lab("networking/doubling")


def test_an_answer_begins_as_the_starter(work, twice):
    answer = work.answer(twice)

    assert answer.text == twice.starter.text
    assert answer.path == work.folder / "networking/doubling/twice.py"


def test_opening_again_changes_nothing(work, twice):
    path = work.open(twice)
    path.write_text("mine", encoding="utf-8")

    work.open(twice)

    assert path.read_text(encoding="utf-8") == "mine"


def test_the_folder_can_be_elsewhere(small, twice, tmp_path, monkeypatch):
    monkeypatch.setenv("GROUND_SCHOOL_WORK", str(tmp_path / "else where"))

    path = Work(small).open(twice)

    assert path == tmp_path / "else where/networking/doubling/twice.py"


def test_a_reset_keeps_what_it_replaces_byte_for_byte(work, twice):
    path = work.open(twice)
    path.write_bytes(b"not \xff UTF-8\r\n")

    kept = work.reset(twice)

    assert path.read_text(encoding="utf-8") == twice.starter.text
    assert kept.read_bytes() == b"not \xff UTF-8\r\n"


def test_undo_brings_back_what_the_reset_replaced_and_keeps_what_came_since(work, twice):
    path = work.open(twice)
    path.write_text("before", encoding="utf-8")
    work.reset(twice)
    path.write_text("since", encoding="utf-8")

    kept = work.undo(twice.slug, path)

    assert path.read_text(encoding="utf-8") == "before"
    assert kept.read_text(encoding="utf-8") == "since"


def test_undo_twice_is_a_redo(work, twice):
    path = work.open(twice)
    path.write_text("before", encoding="utf-8")
    work.reset(twice)

    work.undo(twice.slug, path)
    work.undo(twice.slug, path)

    assert path.read_text(encoding="utf-8") == twice.starter.text


def test_what_a_reset_or_its_undo_wrote_is_what_comes_back_when_it_is_deleted(work, twice):
    path = work.open(twice)
    path.write_text("before", encoding="utf-8")

    found = []
    for change in (lambda: work.reset(twice), lambda: work.undo(twice.slug, path)):
        change()
        path.unlink()
        found.append(work.open(twice).read_text(encoding="utf-8"))

    assert found == [twice.starter.text, "before"]


def test_nothing_can_be_undone_before_a_reset(work, twice):
    with pytest.raises(Trouble, match="nothing can be undone"):
        work.undo(twice.slug, work.open(twice))


def test_a_version_is_kept_once_for_each_change(work, twice):
    path = work.open(twice)
    for text in ("one", "one", "two", "one"):
        path.write_text(text, encoding="utf-8")
        work.keep(twice.slug, path)

    texts = [version.read_text(encoding="utf-8") for version in work.versions(twice.slug)]

    assert texts == [twice.starter.text, "one", "two", "one"]


def test_a_deleted_answer_is_said_to_be_gone_and_comes_back_when_it_is_opened(work, twice):
    path = work.open(twice)
    path.write_text("mine", encoding="utf-8")
    work.keep(twice.slug, path)
    path.unlink()

    with pytest.raises(Trouble, match=r"is gone\. `lab open networking/doubling/twice` brings"):
        work.answer(twice)
    work.open(twice)

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_saved_answer_keeps_the_one_before_it(work, twice):
    path = work.open(twice)
    path.write_text("in the editor", encoding="utf-8")

    work.save(twice, "in the notebook")

    texts = [version.read_text(encoding="utf-8") for version in work.versions(twice.slug)]
    assert path.read_text(encoding="utf-8") == "in the notebook"
    assert texts[-2:] == ["in the editor", "in the notebook"]


def test_a_link_to_a_file_elsewhere_stays_one(work, twice, tmp_path):
    path = work.open(twice)
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text("mine", encoding="utf-8")
    path.unlink()
    path.symlink_to(elsewhere)

    work.reset(twice)

    assert path.is_symlink()
    assert elsewhere.read_text(encoding="utf-8") == twice.starter.text


def test_a_full_disk_is_one_sentence_and_the_file_is_as_it_was(work, twice, monkeypatch):
    path = work.open(twice)
    path.write_text("mine", encoding="utf-8")
    work.keep(twice.slug, path)
    before = sorted(work.folder.rglob("*"))
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Trouble, match="cannot be written: No space left on device"):
        work.reset(twice)

    assert path.read_text(encoding="utf-8") == "mine"
    assert sorted(work.folder.rglob("*")) == before


def full(descriptor):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_folder_that_cannot_be_made_is_one_sentence(small, twice, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(Trouble, match="cannot be written: Not a directory"):
        Work(small, tmp_path / "file").open(twice)


def test_who_comes_second_finds_the_file_of_who_came_first(tmp_path):
    create(tmp_path / "answer", b"first")
    create(tmp_path / "answer", b"second")

    assert (tmp_path / "answer").read_bytes() == b"first"


def test_a_file_system_without_links_will_do(tmp_path, monkeypatch):
    def refuse(source, target):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)

    create(tmp_path / "answer", b"first")
    create(tmp_path / "answer", b"second")

    assert (tmp_path / "answer").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_keeps_its_mode(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(b"first")
    path.chmod(0o640)

    write(path, b"second")

    assert path.stat().st_mode & 0o777 == 0o640


def test_a_notebook_is_copied_once(work, lesson):
    path = work.open_notebook(lesson)
    path.write_text('{"nbformat": 4, "cells": []}', encoding="utf-8")

    work.open_notebook(lesson)

    assert path.read_text(encoding="utf-8") == '{"nbformat": 4, "cells": []}'


BROKEN = {
    "not JSON": ("{cells", "it is not JSON"),
    "another format": ('{"nbformat": 3, "worksheets": [], "cells": []}', "version 3, not 4"),
    "no cells": ('{"nbformat": 4}', "without `nbformat` and `cells`"),
    "cells that are no list": ('{"nbformat": 4, "cells": 5}', "it has no list of cells"),
    "a list": ("[]", "without `nbformat` and `cells`"),
}


@pytest.mark.parametrize(("text", "words"), BROKEN.values(), ids=BROKEN)
def test_a_notebook_that_jupyter_cannot_open_is_one_sentence_and_stays(work, lesson, text, words):
    path = work.open_notebook(lesson)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Trouble, match=words) as trouble:
        work.open_notebook(lesson)

    assert "`lab reset --notebook networking/doubling` begins again" in str(trouble.value)
    assert path.read_text(encoding="utf-8") == text


def test_a_notebook_is_reset_and_brought_back(work, lesson):
    path = work.open_notebook(lesson)
    path.write_text("{broken", encoding="utf-8")

    work.reset_notebook(lesson)
    fresh = json.loads(path.read_text(encoding="utf-8"))
    work.undo(lesson.slug, path)

    assert fresh["nbformat"] == 4
    assert path.read_text(encoding="utf-8") == "{broken"
