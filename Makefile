# Each target needs nothing but Python 3.11 or newer; .venv and all else is made at the first call.
PYTHON ?= python3

.PHONY: demo test check bench mutants requirements sbom

# bench takes about five minutes: docs/performance.md; mutants an hour or so: docs/operations.md
demo test check bench mutants:
	@$(PYTHON) config/local/bootstrap.py $@

COMPILE = ../.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

requirements:
	.venv/bin/pip install --quiet pip-tools
	cd requirements && $(COMPILE) --output-file base.txt base.in
	cd requirements && $(COMPILE) --output-file dev.txt dev.in

# What the portal is made of, as CycloneDX; the tool has an environment of its own.
sbom:
	$(PYTHON) -m venv var/sbom
	var/sbom/bin/pip install --quiet cyclonedx-bom==7.5.0
	var/sbom/bin/cyclonedx-py requirements requirements/base.txt --output-reproducible --output-file var/sbom.json
	@echo "var/sbom.json"
