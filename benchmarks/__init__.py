"""Speed as a ratio against a named baseline in the same run. `make bench` writes docs/benchmarks.md."""
