"""What the tests of sources share: a part, and a source read from end to end."""

from kirjaamo.sources import formats
from kirjaamo.sources.profile import Part, TableMap


def part(*columns, **facts):
    """Return a part that names *columns*."""
    fields = dict(zip("abcdefghij", columns, strict=False))
    return Part(files="*", tables={"client": TableMap(fields)} if columns else {}, **facts)


def read(path, size=1 << 20, name=None, **facts):
    """Return the rows of a source as a person counts them, from 0, and how many there are."""
    wanted = part(**facts)
    module = formats.module(name or formats.format_of(str(path), wanted))
    rows, above = [], 0
    for unit in module.units(str(path), wanted, size):
        piece = module.read(unit, wanted)
        rows += [(*row[:-2], row[-2] + above, row[-1]) for row in piece.frame.rows()]
        above += piece.rows
    return rows, above
