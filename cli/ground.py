"""What commands that read exports begin with: the workspace, the day, code lists and sources."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirjaamo.classifications import Codes
    from kirjaamo.sources.formats import Source
    from kirjaamo.workspace import Workspace


@dataclass
class Reading:
    """What was asked for, read when it is needed.

    Attributes:
        paths: Files, folders or database URLs; the sources of the workspace when empty.
        profile: The source profile asked for.
        as_of: The day that counts as today; today when None.
        start: Where the workspace is looked for; the current folder when None.
    """

    paths: tuple[str, ...] = ()
    profile: str | None = None
    as_of: dt.datetime | None = field(default=None, kw_only=True)
    start: Path | None = field(default=None, kw_only=True)

    @cached_property
    def workspace(self) -> "Workspace | None":
        """Return the workspace, or None outside of one."""
        from kirjaamo.workspace import find

        return find(self.start)

    @cached_property
    def day(self) -> dt.date:
        """Return the day that counts as today."""
        return self.as_of.date() if self.as_of else dt.datetime.now(dt.UTC).date()

    @cached_property
    def codes(self) -> "Codes":
        """Return the code lists, the workspace's own before the built-in ones."""
        from kirjaamo.classifications import Codes

        return Codes(self.workspace.classifications if self.workspace else None)

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """Return the exports that hold tables."""
        from kirjaamo.cli.inputs import inputs

        return inputs(self.paths, self.profile, self.workspace).tables
