"""Change over time and between organisations: snapshots, comparisons, anonymous score files."""
