"""What the contract is held against: every lab that there is, found and not listed."""

import pytest

from labs.kit.check.worker import Worker
from labs.kit.course import Course
from labs.kit.verify import Proof, survivors

COURSE = Course()
LABS = COURSE.labs()
EXERCISES = [exercise for lab in LABS for exercise in lab.exercises]


def pytest_generate_tests(metafunc):
    """A new folder adds its own tests. All of one exercise run in one process: it is run once."""
    if "slug" in metafunc.fixturenames:
        slugs = [exercise.slug for exercise in EXERCISES]
        metafunc.parametrize("slug", [grouped(slug) for slug in slugs], scope="session")
    if "lab" in metafunc.fixturenames:
        metafunc.parametrize("lab", [grouped(lab.slug, lab) for lab in LABS], scope="session")


def grouped(slug, value=None):
    return pytest.param(value or slug, marks=pytest.mark.xdist_group(slug), id=slug)


@pytest.fixture(scope="session")
def worker():
    with Worker() as worker:
        yield worker


@pytest.fixture(scope="session")
def proofs():
    return {}


@pytest.fixture(scope="session")
def exercise(slug):
    return COURSE.exercise(slug)


@pytest.fixture(scope="session")
def proof(slug, worker, proofs, exercise):
    """What was run of the exercise, once for all tests that look at it."""
    if slug not in proofs:
        proofs[slug] = Proof(exercise, worker, survivors(COURSE.lab(exercise.lab), exercise))
    return proofs[slug]
