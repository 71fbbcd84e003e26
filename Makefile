# `make run` starts the hall; `make test` runs everything that must hold.
PY := .venv/bin/python

.PHONY: run test lint lock check

.venv/.runtime: requirements.txt
	test -x $(PY) || python3 -m venv .venv
	$(PY) -m pip install -q -r requirements.txt
	touch $@

.venv/.development: .venv/.runtime requirements-dev.txt
	$(PY) -m pip install -q -r requirements-dev.txt
	touch $@

run: .venv/.runtime
	@$(PY) -m hall serve --demo

test: .venv/.development
	@sh scripts/test_tools.sh
	$(PY) -m pytest -n auto --dist loadfile

lint: .venv/.development
	$(PY) -m ruff check hall tests
	$(PY) -m ruff format --check hall tests
	$(PY) -m mypy

check: .venv/.runtime
	@$(PY) -m hall check

lock: .venv/.development
	.venv/bin/pip-compile -q --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt requirements.in
	.venv/bin/pip-compile -q --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements-dev.txt requirements-dev.in
