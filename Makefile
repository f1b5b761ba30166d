# Counterclaim. `make` lists what there is to do.
.DEFAULT_GOAL := help
.PHONY: help run demo test test-fast faults check format screenshots clean dev

python := .venv/bin/python

help: ## list the commands
	@grep -hE '^[a-z%-]+:.*## ' Makefile | sed -E 's/^([a-z%-]+):.*## /\1\t/' | \
	  awk -F'\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

run: ## serve the site at http://localhost:8000 (PORT=8001 for another port)
	@scripts/run.sh

demo: ## load the demo workspace, if the database is empty
	@scripts/venv.sh requirements.txt
	@$(python) manage.py migrate --noinput --verbosity 0
	@$(python) manage.py demo --if-empty --sign-ins

test: dev ## every test: SQLite, PostgreSQL and Chromium where they are here, coverage
	@scripts/test.sh

coverage: dev ## which lines of the whole site the tests without browser meet
	@$(python) -m pytest -q -n auto --cov=annotator --cov=claims --cov-report=term:skip-covered --cov-fail-under=95 -m "not browser and not faults"

test-fast: dev ## the tests without browser, PostgreSQL and coverage
	@$(python) -m pytest -q -n auto -m "not browser and not faults"

faults: dev ## kill processes, stop databases, fill a disk (COUNT=20 for twenty times in a row)
	@scripts/faults.sh

check: dev ## the static gate: lint, format, types, layers, templates, migrations, deployment
	@scripts/check.sh

format: dev ## put code and templates into their format
	@$(python) -m ruff check --quiet --fix-only .
	@$(python) -m ruff format --quiet .
	@scripts/templates.sh

screenshots: dev ## make the pictures of the README
	@$(python) -m scripts.screenshots

bench-%: dev ## measure, for example: make bench-annotate
	@$(python) -m bench.$*

load: dev ## a team at work, 10 minutes (USERS=50/10/2 MINUTES=10; DATABASE=sqlite ANALYSTS=10)
	@scripts/load.sh

clean: ## remove caches and what tests leave; never the environment or your data
	rm -rf .coverage .coverage.* htmlcov .hypothesis .mypy_cache .ruff_cache .pytest_cache \
	  .import_linter_cache test-results
	find annotator claims scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

dev:
	@scripts/venv.sh requirements-dev.txt
