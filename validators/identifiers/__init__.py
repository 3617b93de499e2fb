"""ID: identifiers of people, organisations and records.

What an identifier looks like and whether its check holds, and identifiers that are missing,
given twice or lead nowhere.  Codes of code lists belong to ``classification``.
"""
