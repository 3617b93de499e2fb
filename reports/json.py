"""The whole run as one JSON object; its findings are written as they come.

Each finding stands on a line of its own, so that a file of a million findings can still be
read and compared line by line.
"""

from typing import BinaryIO

import msgspec

from kirjaamo.reports import facts
from kirjaamo.run import Run


def write(run: Run, stream: BinaryIO) -> None:
    """Write *run* as one JSON object with the keys of `facts.head` and ``findings``."""
    encode = msgspec.json.Encoder().encode
    head = msgspec.json.format(encode(facts.head(run)), indent=2)
    stream.write(head.removesuffix(b"\n}") + b',\n  "findings": [')
    before = b"\n    "
    for finding in facts.findings(run):
        stream.write(before + encode(finding))
        before = b",\n    "
    stream.write(b"\n  ]\n}\n")
