"""Benchmarks: ratios against a named peer in one run, and the truth about what rules find.

``python -m benchmarks [SECTION]`` prints a table for each section and writes
``build/measures/bench.json``, flat name to number.  Nothing here is part of the package.
"""
