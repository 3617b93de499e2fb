"""Retention: how long records are kept, from dated rules, and what is ordered archived.

``rules.yaml`` holds the annexes of the two acts, ``model.py`` reads them, ``facts.py`` makes of
the canonical tables one row for each record with the days that retention is counted from, and
``judging.py`` computes the ends; ``summary.py`` counts and ``lists.py`` lists.
"""
