# Everything runs in .venv; only setup-ocr needs root. The registries of the pip configuration are the only network used.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := .avtal/demo
ROOT := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
export HF_HUB_OFFLINE ?= 1
export TOKENIZERS_PARALLELISM = false

.DEFAULT_GOAL := help
.PHONY: help setup setup-ocr demo test test-browser robustness audit sbom check fix serve eval clean

help:  ## Visa kommandona
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: $(STAMP)  ## Installera i .venv

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 eller senare behövs; ange det med make PYTHON=python3.11")'
	@echo 'Installerar i $(VENV); det tar någon minut första gången …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev,evals]'
	@touch $(STAMP)

demo: setup  ## Indexera exempelavtalen och ställ en fråga
	@$(BIN)/avtal index corpus/samples --to $(DEMO)
	@echo
	@echo '$$ $(BIN)/avtal ask "vilka avtal omfattar kompetensförsörjning?" --index $(DEMO)'
	@$(BIN)/avtal ask "vilka avtal omfattar kompetensförsörjning?" --index $(DEMO)
	@echo
	@echo 'Fråga mer:    $(BIN)/avtal ask "din fråga" --index $(DEMO)'
	@echo 'Öppna sidan:  make serve  och gå till http://127.0.0.1:8000/'
	@echo 'Egna avtal:   $(BIN)/avtal index MAPP  och sedan  $(BIN)/avtal ask "din fråga"'

serve: setup  ## Starta webbsidan och API:t över exempelavtalen (INDEX=mapp för ett annat index)
	@test -n '$(INDEX)' -o -e $(DEMO)/current || $(BIN)/avtal index corpus/samples --to $(DEMO)
	@$(BIN)/avtal serve --index $(or $(INDEX),$(DEMO))

eval: setup  ## Mät svaren på exempelavtalen
	@$(BIN)/avtal index corpus/samples --no-ocr --to $(DEMO) --json > /dev/null
	@$(BIN)/avtal eval run --index $(DEMO)

setup-ocr:  ## Installera textigenkänning (Tesseract med svenska) för skannade sidor
	@if command -v apt-get > /dev/null; then $(ROOT) apt-get install -y tesseract-ocr tesseract-ocr-swe tesseract-ocr-script-latn; \
	elif command -v dnf > /dev/null; then $(ROOT) dnf install -y tesseract tesseract-langpack-swe tesseract-script-latin; \
	elif command -v brew > /dev/null; then brew install tesseract tesseract-lang; \
	else echo 'Installera Tesseract med svenska (swe) och, om det finns, Latin; se https://tesseract-ocr.github.io/tessdoc/Installation.html'; exit 1; fi
	@tesseract --list-langs

check: setup  ## Format, regler, typer och lager
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## Alla kontroller och tester
	$(BIN)/python -m pytest

test-browser: setup  ## Alla sidans tillstånd i en riktig webbläsare (Chromium, axe-core)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev,evals,browser]'
	BROWSER_TESTS=all $(BIN)/python -m pytest tests/browser

robustness: setup  ## Pröva index, server, läsare och sidor mot fel och angrepp (några timmar; tillägget robustness)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev,evals,browser,robustness]'
	$(BIN)/python -m evals.robustness --good 1000 --bad 200
	$(BIN)/python -m evals.robustness.kills --count 2000
	$(BIN)/python -m evals.robustness.power --count 500
	$(BIN)/python -m evals.robustness.faults --count 1000
	$(BIN)/python -m evals.robustness.copies --count 5000
	$(BIN)/python -m tests.robustness.swaps --count 1000
	$(BIN)/python -m tests.robustness.deletion --count 10
	$(BIN)/python -m tests.robustness.interference --count 50000
	$(BIN)/python -m tests.robustness.together --count 10
	$(BIN)/python -m tests.robustness.load --seconds 60 --ends 20
	$(BIN)/python -m tests.robustness.slow --count 200
	$(BIN)/python -m tests.robustness.soak --minutes 480
	$(BIN)/python -m tests.robustness.schema --count 20000
	$(BIN)/python -m tests.robustness.snippets --count 1700 --browser
	$(BIN)/python -m tests.robustness.questions --count 5000
	$(BIN)/python -m tests.robustness.fuzz --runs 1000000 --atheris
	$(BIN)/python -m tests.robustness.offline
	$(BIN)/python -m tests.robustness.confined

audit: setup  ## Sök kända sårbarheter i de låsta versionerna (kräver internet)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[robustness]'
	$(BIN)/python -m evals.robustness.audit

sbom: setup  ## Skriv en materialförteckning (CycloneDX) över det som är installerat till runs/sbom.json
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[robustness]'
	@mkdir -p runs
	$(BIN)/cyclonedx-py environment --output-reproducible --of JSON --output-file runs/sbom.json $(BIN)/python

fix: setup  ## Rätta format och det som kan rättas
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## Ta bort .venv och index
	rm -rf $(VENV) .avtal
