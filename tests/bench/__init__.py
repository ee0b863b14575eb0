"""The benchmarks behind `make bench`; docs/performance.md says what they measure and how."""
