"""Mutants that change nothing, each with the reason; reviewed by hand."""

EQUIVALENT: dict[str, str] = {}
