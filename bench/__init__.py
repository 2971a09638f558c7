"""Benchmarks: ratios to hand-written code and to other libraries, measured in one run."""
