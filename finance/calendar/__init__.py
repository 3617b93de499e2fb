"""Deadlines of financial reports: dated data with decree and section, and a calendar of them.

The day of a decree stands as it is.  Where it is no working day, the last working day before it
is told too: whoever delivers by then is in time on any reading of the decree.

============== ===================================================================
file           holds
============== ===================================================================
deadlines.yaml report packages and their days, after decrees 462/2022 and 524/2020
dates.py       the reports of a financial year with their days
ics.py         the same as a calendar file
============== ===================================================================
"""
