"""CL: classification, codes of the national code lists and versions of document structures.

Whether a code exists, is in force on the day that matters and stands where one is required.
The form of identifiers belongs to ``identifiers``, white space around a code to ``damage``.
"""
