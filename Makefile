# The front door: a name for each thing people do here.  Meson and the
# scripts in tests/ do the work.

BUILD = build
PREFIX = /usr/local

.PHONY: run build check check-all audit golden bench fuzz install clean

# Build, then do the main job on the bundled example.
run: build
	$(BUILD)/winwhy examples/pc-0412.zip

build:
	tools/packages.sh build
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --prefix $(PREFIX)
	meson compile -C $(BUILD)

check:
	tools/packages.sh build check audit
	tests/check.sh

# The long run: more fuzzing, every page of a site, and the benchmarks' limits.
check-all: check
	FUZZ_SECONDS=120 tests/fuzz.sh build-fuzz
	tools/python.sh tests/whole_site.py $(BUILD)/winwhy \
		$(BUILD)/src/compile/winwhy-compile --all
	$(MAKE) bench

# Prove of the knowledge what can be proved, and count it.
audit: build
	tools/packages.sh audit
	tools/python.sh tools/audit/audit.py $(BUILD)/src/compile/winwhy-compile

# Write the expected outputs anew; read the difference before you commit.
golden: build
	python3 tests/golden.py --rewrite $(BUILD)/winwhy
	python3 tests/cases.py --rewrite $(BUILD)/winwhy $(BUILD)/tests/stage \
		$(BUILD)/tests/write_etl

bench: build
	tools/packages.sh build bench
	bench/run.sh $(BUILD)

fuzz:
	tools/packages.sh build check
	FUZZ_SECONDS=60 tests/fuzz.sh build-fuzz

# Installs what is built and nothing else; run make build first.
install:
	meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf build build-*
