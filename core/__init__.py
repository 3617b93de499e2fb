"""Check, migrate, archive and report Finnish social-care client records.

This folder is the root of the package: records, sources, rules, findings,
messages, errors, engines and the workspace.  It imports none of the other rooms.
"""

from importlib.metadata import version

__version__ = version("kirjaamo")
