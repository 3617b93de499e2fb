"""Pseudonymised copies of exports, and the way back for who holds the key.

A copy has the same columns and rows as the export; what names a person is a token instead,
the same token everywhere.  Tokens come from a keyed hash (HMAC-SHA256), so that nobody can
guess them without the key.  What each stands for is kept in a *vault*, encrypted with the key
(AES-SIV, RFC 5297).  Key and vault stay apart from the copy; without both there is no way back.

========== ====================================================================================
module     holds
========== ====================================================================================
keys       the key: where it may come from, and what is derived from it
vault      tokens and what they stand for
names      which words are forms of a person's name
masking    free text: what is replaced in it
columns    what is done with each column of an export
shifting   days moved by a number of days that belongs to the client
copying    a pseudonymised copy of exports, and its report
restoring  the way back
========== ====================================================================================
"""
