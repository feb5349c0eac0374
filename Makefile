# Short names for `dev.py`, which works without make as well.
.PHONY: setup run test

setup:
	python3 dev.py setup

run:
	python3 dev.py run

test:
	python3 dev.py test
