"""Audit and data care: recording quality, unclosed relationships, access rights.

Measures, scores, trends, feedback and worklists belong here.  A rule that says whether one
record is right stands in ``kirjaamo.validators``; this room says how things go on the whole.
"""
