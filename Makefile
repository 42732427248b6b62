# For those who change the repository; those who learn from it have `lab`.
# Paths here are relative, so that a folder with a space in its name is no matter.

PYTHON ?= python3
PORT ?=
export PORT
# Material's notice about MkDocs 2, at every build; the pins in pyproject.toml are our answer.
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL = help
.PHONY: help start ready test lint site outputs bench orphans proof

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

start: ## set up what is missing, build the site, serve the course and JupyterLab
	@$(PYTHON) -m labs.kit.setup start

ready:
	@$(PYTHON) -m labs.kit.setup ready

test: ready lint site ## every test there is
	.venv/bin/python -m pytest -n 2 --dist loadgroup tests

lint: ready ## style and types
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python -m mypy

site: ready ## the site, into site/; a warning is an error
	.venv/bin/python -m mkdocs build --strict

outputs: ready ## run every experiment again, and record what the pages show
	.venv/bin/python -m labs.kit.experiment

bench: ready ## the timings that we promise, with medians and ratios
	@for file in benchmarks/*.py; do .venv/bin/python "$$file" || exit 1; done

orphans: ready ## the long form of the test that nothing outlives its owner
	GROUND_SCHOOL_LONG=1 .venv/bin/python -m pytest tests/kit/test_orphans.py

proof: ready ## the long form of the contract and of the kit's tests; keeps the day of the proof
	GROUND_SCHOOL_LONG=1 .venv/bin/python -m pytest -n 2 --dist loadgroup tests/contract tests/kit
	.venv/bin/python -m labs.kit.cli verify --record
