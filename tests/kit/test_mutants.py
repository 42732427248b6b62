"""What is changed in a right answer, and what is left alone."""

from pathlib import Path

import pytest

from labs.kit.course import Answer
from labs.kit.mutants import mutants

PYTHON = '''"""Two of these: 2."""


def share(good, all):
    if all > 0 and good >= 0 and all > 0:
        return good / all
    return 1 - 1
'''

RULES = """# Burns 14.4 times too fast.
expr: fast > 14.4 and slow > 14.4
labels: {severity: page}
"""


def answer(text, suffix):
    return Answer(Path(f"solution{suffix}"), text)


@pytest.mark.parametrize(("text", "suffix"), [(PYTHON, ".py"), (RULES, ".yaml")])
def test_each_mutant_has_a_name_of_its_own_and_is_another_text(text, suffix):
    found = mutants(answer(text, suffix))

    assert len({name for name, _ in found}) == len(found)
    assert len({mutant.text.strip() for _, mutant in found} | {text.strip()}) == len(found) + 1


def test_the_same_change_is_made_in_each_place_of_a_line():
    texts = [mutant.text for _, mutant in mutants(answer(RULES, ".yaml"))]

    assert RULES.replace("fast > 14.4", "fast > 28.8") in texts
    assert RULES.replace("slow > 14.4", "slow > 28.8") in texts


def test_comments_and_docstrings_stay():
    for _, mutant in mutants(answer(PYTHON, ".py")):
        assert mutant.text.startswith('"""Two of these: 2."""')
    for _, mutant in mutants(answer(RULES, ".yaml")):
        assert mutant.text.startswith("# Burns 14.4 times too fast.\n")
