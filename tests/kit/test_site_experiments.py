"""Recording a run: only one that holds, and never half of it."""

import json
import shutil

import pytest
from test_site_fences import COURSE

from labs.kit.experiment import find
from labs.kit.trouble import Trouble

SLUG = "networking/retries/storm"


@pytest.fixture
def storm(tmp_path):
    """The experiment of the small course, and a way to change its file."""
    root = tmp_path / "a course"
    shutil.copytree(COURSE, root)

    def load(old="", new=""):
        experiment = find(SLUG, root)
        text = experiment.path.read_text(encoding="utf-8")
        assert old in text
        experiment.path.write_text(text.replace(old, new), encoding="utf-8")
        return experiment

    return load


def test_a_recording_says_when_with_what_and_what_was_measured(storm):
    kept = storm().record()

    assert kept.data["edge"] == 1280
    assert set(kept.versions) <= {"envoy", "postgres"}


def test_a_run_that_does_not_hold_leaves_the_recording_alone(storm):
    experiment = storm("rate * 3.2", "rate * 1.1")
    before = experiment.record_path.read_bytes()

    with pytest.raises(AssertionError, match=r"more than 1,000"):
        experiment.record()
    assert experiment.record_path.read_bytes() == before


def test_a_report_wider_than_the_page_is_refused(storm):
    with pytest.raises(Trouble, match="reports a line of 80 columns"):
        storm('return "\\n".join(', 'return "x" * 80 or (').record()


def test_what_json_cannot_hold_is_refused(storm):
    with pytest.raises(Trouble, match="cannot be kept"):
        storm('"edge": rate * 3.2', '"edge": float("nan")').record()


def test_a_figure_without_words_is_refused(storm):
    with pytest.raises(Trouble, match="`draw` without `describe`"):
        storm("def describe", "def undescribed").record()


def test_a_setting_may_be_changed_by_a_notebook(storm):
    assert storm().measure(rate=100)["edge"] == 320


def test_measured_data_is_as_recorded_data_will_be(storm):
    experiment = storm('"rows": [', '"pair": (1, 2), "rows": [')

    assert experiment.measure()["pair"] == [1, 2]


def test_a_damaged_recording_names_the_command_that_makes_another(storm):
    experiment = storm()
    experiment.record_path.write_text(json.dumps({"data": {}}))

    with pytest.raises(Trouble, match=r"is not a recorded run. `.*labs.kit.experiment"):
        _ = experiment.recorded


def test_an_unknown_experiment_names_the_nearest():
    with pytest.raises(Trouble, match="The nearest is `networking/retries/storm`"):
        find("networking/retries/stork", COURSE)
