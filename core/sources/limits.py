"""How large a source may be before it is refused: each limit once, with its reason.

The limits keep a damaged or hostile file from filling the memory or the day; no export of a
client record system that we know of comes near them.
"""

MEBI = 1024 * 1024

RECORD = 10 * MEBI
"""Longest record of a text file, in bytes: beyond it a quotation mark was never closed."""

COLUMNS = 16_384
"""Most columns of a source: what a worksheet can have."""

UNPACKED = 2048 * MEBI
"""Largest workbook when unpacked: a full sheet of a million rows takes about 1.5 GB."""

RATIO, RATIO_FREE = 200, 64 * MEBI
"""Most times smaller a packed workbook may be, when it unpacks to more than the second."""

CELLS = 50_000_000
"""Largest area of a worksheet, counted from A1 to its last cell."""

JSON = 512 * MEBI
"""Largest JSON document; JSON Lines has no limit, because it is read in pieces."""

XML = 2048 * MEBI
"""Largest XML document."""

DEPTH = 100
"""Deepest nesting of a JSON or XML record."""

ROW_GROUP = 4096 * MEBI
"""Largest row group of a Parquet file when unpacked."""
