# Every target sets the machine up first; a second run starts without set-up work.
PY := .venv/bin/python
PROGRAM := .venv/bin/reliefdesk
OUT ?= out/demo
SOURCES := reliefdesk ui tests installer

.PHONY: setup setup-tests run test check bench soak gallery cover format lock clean

setup:
	@sh installer/setup.sh run

setup-tests:
	@sh installer/setup.sh tests

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(PROGRAM) --training; \
	else $(PROGRAM) demo --out $(OUT) && echo "Receipt, ledger, cash journal and screenshots:" \
	&& find $(OUT) -type f | sort; fi

test: setup-tests
	$(PY) -m pytest -n auto --dist loadfile

check: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy $(SOURCES)
	.venv/bin/lint-imports
	.venv/bin/codespell
	.venv/bin/deptry .

bench: setup
	$(PY) -m tests.bench

soak: setup-tests
	$(PY) -m pytest -m soak --timeout 3600

gallery: setup-tests
	$(PY) -m tests.gallery $(if $(GOLDEN),--golden)

cover: setup-tests
	$(PY) -m pytest -n auto --dist loadfile --cov --cov-report term-missing:skip-covered

format: setup
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

lock: setup
	$(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile --universal --generate-hashes --no-emit-index-url --extra dev \
	  --python-version 3.11 --custom-compile-command "make lock" --upgrade \
	  pyproject.toml -o requirements.lock

clean:
	rm -rf .venv build out *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache .coverage
	find reliefdesk ui tests installer -name __pycache__ -type d -prune -exec rm -rf {} +
