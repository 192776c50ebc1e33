# 两条命令：make run 打开程序，make test 跑全部测试。
# Two commands: `make run` opens the program, `make test` passes all tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := build_spec/requirements
CONTENT := db/content.sqlite3
# On two cores side by side; the tests of the packaged build stay together, as it is built once.
PYTEST := YIBAO_TEST_CONTENT="$(CURDIR)/db" $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder
CONTENT_SOURCES := $(shell find seeds resources/dictionaries resources/meaning yibao_desktop/content yibao_desktop/domain \
	yibao_desktop/search yibao_desktop/store -type f -not -name '*.pyc')

# Both set-ups work on one environment, and the tests need everything before them.
.NOTPARALLEL:

.PHONY: run test quick bench ranking evaluate mutants torture screens gallery lint build package old-qt deb deb-old portable lock licences clean

run: $(VENV)/run.stamp $(CONTENT)
	@$(BIN)/yibao-desktop

# Everything: style, types, layers, all tests, the wheel and the packaged build.
test: $(VENV)/test.stamp lint $(CONTENT)
	@$(PYTEST)

# While working, three minutes: without journeys, and without what builds, installs, starts whole
# programs, or tries every look, every fault or what has no end.
quick: $(VENV)/test.stamp lint $(CONTENT)
	@$(PYTEST) -m "not package and not slow and not deep" tests/unit tests/ui

# How fast search is beside a plain full-text index: ratios of the same run, in a quarter of an hour.
# BENCH="--pages 20000 --material messages.jsonl.gz" says how many pages and what else they are of.
bench: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python -m tests.benchmarks $(BENCH)

# Small faults are put into the core, and those no test of the same room notices are listed: half an
# hour.
# MUTANTS="--count 40 --only search/" tries some of them.
mutants: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python -m tests.mutants $(MUTANTS)

# What search has learnt, learnt anew from the questions of the seeds and of tests/data/questions.
ranking: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python -m tests.evaluation ranking

# How well search answers questions it has not learnt from, and what changed since the last time.
evaluate: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python -m tests.evaluation evaluate

# What has no end is tried at length: odd questions and texts, then every fault on both databases, of
# which a table says what came of it: half an hour.
# TORTURE="--short damage" tries each kind a few times; parts: damage field daily desktop kills
# window hostile network documents packs.
torture: $(VENV)/test.stamp $(CONTENT)
	@YIBAO_DEEP=1 $(PYTEST) -m deep tests/unit
	@$(BIN)/python -m tests.torture $(TORTURE)

# Every screen at every window size, scale, theme and text size, with pictures in build/screens.
screens: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python -m tests.screens

# The pictures of the README, taken anew.
gallery: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python -m tests.screens.gallery

lint: $(VENV)/test.stamp
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache >$(VENV)/layers.log || { cat $(VENV)/layers.log; exit 1; }

build: $(VENV)/run.stamp
	@$(BIN)/yibao build

# One folder with both programs, in dist/yibao-desktop.
package: $(VENV)/test.stamp $(CONTENT)
	@$(BIN)/python build_spec/make_package.py dist build
	@$(BIN)/python build_spec/largest.py dist/yibao-desktop

# The self-test and the tests of the window with every version of Qt that packages are made with, in
# environments of their own: half an hour. OLD_QT=6.7.3 tries one.
OLD_QT ?= 6.11.3 6.9.3 6.7.3
old-qt: $(VENV)/test.stamp $(CONTENT)
	@PYTHON=$(PYTHON) build_spec/old-qt.sh build $(OLD_QT)

# dist/yibao-desktop_…_….deb, checked.
deb: package
	@build_spec/system-packages.sh deb
	@$(BIN)/python build_spec/make_deb.py dist/yibao-desktop dist
	@build_spec/check-deb.sh dist/yibao-desktop_*.deb

# Two packages an architecture for systems as old as glibc 2.28: Kylin's layout and UOS's. The first
# time, with the interpreter, a quarter of an hour each. OLD_ARCHITECTURES=x86_64 makes those of one.
OLD_ARCHITECTURES ?= x86_64 aarch64
deb-old: $(VENV)/test.stamp $(CONTENT)
	@build_spec/system-packages.sh old
	@for architecture in $(OLD_ARCHITECTURES); do \
		build_spec/old/build-folder.sh $$architecture build/old dist/old-$$architecture && \
		$(BIN)/python build_spec/make_deb_old.py $$architecture dist/old-$$architecture dist || exit 1; \
	done

# dist/yibao-desktop-…-linux-….tar.xz, to be unpacked and run anywhere.
portable: package
	@$(BIN)/python build_spec/make_portable.py dist/yibao-desktop dist

$(CONTENT): $(CONTENT_SOURCES) | $(VENV)/run.stamp
	@$(BIN)/yibao build --out $@ >/dev/null

$(VENV)/run.stamp: $(LOCKS)-run.lock pyproject.toml build_spec/set-up.sh build_spec/system-packages.sh
	@PYTHON=$(PYTHON) build_spec/set-up.sh run $(VENV)

$(VENV)/test.stamp: $(LOCKS)-test.lock pyproject.toml build_spec/set-up.sh build_spec/system-packages.sh
	@PYTHON=$(PYTHON) build_spec/set-up.sh test $(VENV)
	@touch $(VENV)/run.stamp

# After changing the dependencies in pyproject.toml; needs uv.
lock:
	uv pip compile pyproject.toml --group run --universal --python-version 3.11 \
		--generate-hashes --no-header --upgrade --quiet -o $(LOCKS)-run.lock
	uv pip compile pyproject.toml --group run --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --upgrade --quiet -o $(LOCKS)-test.lock

# After that: the licences of what is bundled, as the About page shows them.
licences: $(VENV)/test.stamp
	@$(BIN)/python build_spec/make_licences.py

clean:
	rm -rf $(VENV) build dist $(CONTENT)*
