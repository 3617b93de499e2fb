"""Deadlines of financial reports."""
