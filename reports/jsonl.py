"""One finding per line as a JSON object: the form for programs and for large checks."""

from typing import BinaryIO

import msgspec

from kirjaamo.reports import facts
from kirjaamo.run import Run


def write(run: Run, stream: BinaryIO) -> None:
    """Write every finding of *run* as a line of JSON."""
    encode = msgspec.json.Encoder().encode
    stream.writelines(encode(finding) + b"\n" for finding in facts.findings(run))
