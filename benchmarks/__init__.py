"""Benchmarks that anyone can run: `make bench`. Ratios against a reference in the same run."""
