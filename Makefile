# `make demo` and `make test` are the two commands of the README; the rest serves them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8765
JAVASCRIPT := tests/javascript
TYPESCRIPT := $(JAVASCRIPT)/node_modules/typescript/bin/tsc

# A failure carries its English sentence, which pages translate: the first argument of these.
KEYWORDS := $(addprefix --keyword=,CannotAlign CannotAssign CannotComment CannotCurate CannotGiveRole CannotRearrange CannotReplace CannotReview Conflict ConceptConflict DeskBusy DeskError DeskFailure EngineError \
	InvalidDocx InvalidName InvalidSheet InvalidTbx InvalidTmx InvalidXliff InvalidXml JobError NoArticle NotAllowed NotFound NothingImported OtherFormat ReadOnly \
	Message Remark ServiceError TooMuch UnknownConcept UnknownLanguage UnreadableFile UnusableEncoder sentence)

.PHONY: demo test check install constraints labse bench translations docs screenshot clean

demo: $(VENV)/installed
	$(BIN)/workbench demo --port $(PORT)

# In two processes: most tests wait for a browser or for another process half of their time.
test: $(VENV)/installed-test chromium
	$(BIN)/pytest --numprocesses 2 --dist loadfile

check: $(VENV)/installed-test $(TYPESCRIPT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/node $(TYPESCRIPT) --project $(JAVASCRIPT)
	$(BIN)/python tests/floors.py $(if $(LOWER),--lower)

install: $(VENV)/installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# What is installed are the versions of constraints.txt, so that it is the same for everybody.
$(VENV)/installed: pyproject.toml build_translations.py constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

# TypeScript as its lock file names it, installed by the npm of the test extra: Python and the registries are all it takes.
$(TYPESCRIPT): $(JAVASCRIPT)/package.json $(JAVASCRIPT)/package-lock.json | $(VENV)/installed-test
	$(BIN)/npm ci --prefix $(JAVASCRIPT) --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

# Sentence encoders of one's own; without it their tests are left out. PyTorch is named because the newest one may bring
# several gigabytes of CUDA.
labse: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --constraint constraints.txt 'torch==2.13.0' --editable '.[labse]'

# The newest versions that pyproject.toml allows, from an environment of its own; the tests say whether they will do.
constraints: NEW := $(VENV)-new
constraints:
	$(PYTHON) -m venv --clear $(NEW)
	$(NEW)/bin/python -m pip install --quiet --editable '.[test]'
	echo "# Made by \`make constraints\`: what is installed for the tests, in the versions they passed with." > constraints.txt
	$(NEW)/bin/python -m pip freeze --exclude-editable >> constraints.txt
	rm -rf $(NEW)

# Debian's Chromium runs the browser tests. Where it cannot be installed, set WORKBENCH_NO_BROWSER=1 to leave them out.
.PHONY: chromium
chromium:
	@if [ -z "$$WORKBENCH_NO_BROWSER" ] && ! command -v chromium >/dev/null; then sh tests/install-chromium.sh; fi

# Collects the messages of the pages anew; the translations are then written by hand into the .po files.
translations: $(VENV)/installed
	$(BIN)/pybabel -q extract --mapping-file babel.cfg --no-location --sort-output $(KEYWORDS) --project sti-workbench \
		--copyright-holder "the STI Workbench authors" --output workbench/translations/messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --input-file workbench/translations/messages.pot \
		--output-dir workbench/translations
	$(BIN)/pybabel -q compile --directory workbench/translations

# The command line in the handbook, from the commands themselves.
docs: $(VENV)/installed
	$(BIN)/python tests/command_line.py

# The picture in the README, from a running demonstration desk.
screenshot: $(VENV)/installed-test chromium
	$(BIN)/python tests/web/screenshot.py

bench: $(VENV)/installed-test
	for benchmark in tests/bench/*.py; do $(BIN)/python $$benchmark || exit 1; done

clean:
	rm -rf $(VENV) $(JAVASCRIPT)/node_modules dist demo.db demo.db-wal demo.db-shm demo.tmx
