"""Records of trees (JSON, XML) as rows: one column per path of names."""

from kirjaamo.sources import cells, limits

Row = dict[str, str | None]


def flattened(record: dict[str, object]) -> Row | None:
    """Return a tree as one row, or nothing when it is deeper than the limit.

    >>> flattened({"id": 5, "client": {"name": "A"}, "codes": ["1", "2"]})
    {'id': '5', 'client/name': 'A', 'codes': '1,2'}
    """
    found: Row = {}
    waiting: list[tuple[str, object]] = list(reversed(record.items()))
    while waiting:
        path, value = waiting.pop()
        if not isinstance(value, dict) or not value:
            found[path] = cells.text(value) if value != {} else None
        elif path.count("/") >= limits.DEPTH:
            return None
        else:
            waiting += ((f"{path}/{name}", inner) for name, inner in reversed(value.items()))
    return found
