"""Data points."""
