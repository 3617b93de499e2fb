"""Scores: shares of flawed records by area, unit, service task, kind of record and time.

`judging` asks every measure of every record, `counting` counts by groups and leaves small ones
out, `intervals` says how sure a share is, `areas` joins measures into areas of competence.
"""
