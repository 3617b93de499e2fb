"""Check, migrate, archive and report Finnish social-care client records.

This folder is the root of the package: records, sources, rules, findings,
messages, errors, engines and the workspace.  It imports none of the other rooms.
"""


def __getattr__(name: str) -> str:
    """Return ``__version__``; read when asked for, because reading it takes long to load."""
    if name == "__version__":
        from importlib.metadata import version

        return version("kirjaamo")
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
