"""The workspace of the sample region: its settings, and what it has decided on its old codes."""

from importlib.resources import files
from pathlib import Path

from kirjaamo.files import write
from kirjaamo.workspace import FILE

_DATA = files("kirjaamo.samples") / "data"


def workspace(folder: Path) -> None:
    """Write the settings and mappings of the sample region into *folder*.

    The mappings have a row for each local service task and each local type of decision; what
    has no known national number is not guessed, but waits.
    """
    write(folder / FILE, (_DATA / "workspace.toml").read_bytes())
    for mapping in sorted((_DATA / "mappings").iterdir(), key=lambda path: path.name):
        write(folder / "mappings" / mapping.name, mapping.read_bytes())
