"""URLs of databases, as they may be written down."""

from sqlalchemy.engine import make_url


def without_password(url: str) -> str:
    """Return a URL without its password; PostgreSQL takes that from PGPASSWORD or its own file.

    >>> without_password("postgresql://me:secret@db/ledger")
    'postgresql://me@db/ledger'
    """
    bare = make_url(url)._replace(password=None)  # `URL.set` takes None for "as it was"
    return bare.render_as_string(hide_password=False)
