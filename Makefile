# Recado. `make` lists what there is. Everything is set up on the way, from requirements pinned with hashes.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

# The first Python from 3.11 to 3.13 that really runs (a version manager's name on PATH may not) and can make an
# environment. Lambda runs 3.13; the code runs on all three.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)

VENV := .venv/bin
# A locked file is complete: nothing is left to resolve.
PIP := -m pip install -qq --disable-pip-version-check --no-deps --require-hashes

# ── Every day ────────────────────────────────────────────────────────────────────────────────────────────────

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: .venv/ready .local/emulator/ready ## The whole system on this machine (FRESH=1 begins anew, PORT=… chooses the port)
	@exec $(VENV)/python -m infra.local $(if $(FRESH),--fresh) $(if $(PORT),--port $(PORT))

test: .venv/ready .local/emulator/ready ## Every test, whole stories on the local stack included (T=… for some)
	@$(VENV)/python -m pytest -rfEs $(or $(T),-n auto --dist loadgroup)

check: .venv/ready .venv-sam/ready ## What must hold before a commit: style, types, template
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/cfn-lint
	$(ANY_REGION) $(SAM) validate --lint

format: .venv/ready ## Bring the code into form
	$(VENV)/ruff check --fix
	$(VENV)/ruff format

bench: .venv/ready .venv-bench/ready .local/emulator/ready ## What a start, a message, an answer cost; who is known again (COUNTED=1: no throughput)
	@$(VENV)/python -m tests.bench $(if $(COUNTED),--counted)

# ── To AWS ───────────────────────────────────────────────────────────────────────────────────────────────────

# SAM CLI counts its use unless told not to. It asks for a region even where none is used; a deployment goes to the
# operator's own, never to one that we name.
SAM := SAM_CLI_TELEMETRY=0 .venv-sam/bin/sam
ANY_REGION := AWS_DEFAULT_REGION=$${AWS_DEFAULT_REGION:-us-east-1}
export BUILD_PYTHON := $(CURDIR)/.venv-sam/bin/python
export PYTHON313 ?= python3.13
BYTECODE = $(shell $(PYTHON313) -c 'import sys; print("%d%d" % sys.version_info[:2])' 2>/dev/null || echo none)

build: .venv-sam/ready ## The functions and layers as they go to AWS, in .aws-sam
	@test $(BYTECODE) = 313 || echo "There is no Python 3.13 on PATH: what is built has no bytecode and starts slowly."
	@$(ANY_REGION) $(SAM) build --cache-dir .aws-sam/cache-$(BYTECODE)

deploy: build ## Build, then deploy the stack of samconfig.toml
	@test $(BYTECODE) = 313 || { echo "Python 3.13 has to be on PATH: without bytecode every start is slow."; exit 1; }
	@$(SAM) deploy

# ── Environments ─────────────────────────────────────────────────────────────────────────────────────────────
# Four: the emulator's and SAM CLI's pins contradict ours, and what the bench compares us with is large.

.venv/ready: tests/requirements.txt
	$(call environment,.venv,tests/requirements.txt)
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

environments: .venv/ready .venv-sam/ready .venv-bench/ready .local/emulator/ready

# After .venv: both write this project's name into the same folder.
.venv-bench/ready: tests/bench/identity/requirements.txt | .venv/ready
	$(call environment,.venv-bench,tests/bench/identity/requirements.txt)
	@.venv-bench/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.local/emulator/ready: infra/local/requirements.txt
	$(call environment,.local/emulator,infra/local/requirements.txt)
	@touch $@

.venv-sam/ready: infra/sam-requirements.txt
	$(call environment,.venv-sam,infra/sam-requirements.txt)
	@touch $@

define environment
@test -n "$(PYTHON)" || { echo "Recado needs Python 3.11, 3.12 or 3.13 with venv (on Debian: apt install python3-venv)."; exit 1; }
@echo "Setting up $(1) with $$($(PYTHON) --version): the first time takes a minute or so …"
@test -x $(1)/bin/python || $(PYTHON) -m venv $(1)
@$(1)/bin/python $(PIP) --requirement $(2)
endef

clean: ## Remove what was made here: environments, builds, the local stack's state
	rm -rf .venv .venv-bench .venv-sam .local .aws-sam .mypy_cache .pytest_cache .ruff_cache .hypothesis build *.egg-info

.PHONY: help run test check format bench build deploy environments clean
