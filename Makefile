# The commands of every day; CMake presets do the work. Each first installs the Debian packages it
# lacks (packaging/debian-packages.txt).
.DEFAULT_GOAL := help
.PHONY: help demo test test-slow serve check bench install packages

JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
ENSURE := cmake/ensure_packages.sh
COSP := build/release/apps/cosp
SOURCE_FOLDERS := base model readers validator generator store service server apps tests

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo:  ## build, and show the whole way: files in, findings, workbook and report out
	@$(ENSURE) build run test
	@cmake --preset release -DCOSP_TESTS=OFF --log-level=WARNING
	@cmake --build --preset release -j $(JOBS)
	@COSP="$(CURDIR)/$(COSP)" packaging/demo.sh

test:  ## build with warnings as errors, and run every test
	@$(ENSURE) build run test office
	@cmake --preset dev --log-level=WARNING
	@cmake --build --preset dev -j $(JOBS)
	@ctest --preset dev -j $(JOBS) -LE slow

test-slow:  ## the tests that take minutes each: hundreds of workbooks through LibreOffice, thousands of submissions
	@$(ENSURE) build run test office node
	@cmake --preset dev --log-level=WARNING
	@cmake --build --preset dev -j $(JOBS)
	@mkdir -p build/dev/ajv && cp tests/golden/ajv/package*.json build/dev/ajv
	@npm ci --prefix build/dev/ajv --ignore-scripts --no-audit --no-fund --loglevel=error
	@ctest --preset dev -j $(JOBS) -L slow

serve:  ## build, and serve the sample cycle on this machine
	@$(ENSURE) build run test
	@cmake --preset release -DCOSP_TESTS=OFF --log-level=WARNING
	@cmake --build --preset release -j $(JOBS)
	@COSP="$(CURDIR)/$(COSP)" packaging/serve.sh

check:  ## layout by clang-format, faults by clang-tidy
	@$(ENSURE) build test check
	@git ls-files -z -- $(SOURCE_FOLDERS:%='%/*.hpp') $(SOURCE_FOLDERS:%='%/*.cpp') \
	  | xargs -0 --no-run-if-empty clang-format-14 --dry-run -Werror
	@cmake --preset tidy --log-level=WARNING
	@cmake --build --preset tidy --target cosp_form_fingerprint
	@run-clang-tidy-14 -quiet -j $(JOBS) -p build/tidy

bench:  ## build, and measure
	@$(ENSURE) build test
	@cmake --preset release -DCOSP_TESTS=ON --log-level=WARNING
	@cmake --build --preset release -j $(JOBS) --target cosp_bench
	@build/release/tests/bench/cosp_bench

install:  ## build, and install under PREFIX (/usr/local)
	@$(ENSURE) build
	@cmake --preset release -DCOSP_TESTS=OFF -DCMAKE_INSTALL_PREFIX=$(PREFIX) --log-level=WARNING
	@cmake --build --preset release -j $(JOBS)
	@cmake --install build/release
