"""The process that ``make crash`` kills: it runs the plan of a workspace.

``CRASH_AFTER`` makes it kill itself after so many batches, of which the target has taken the last
and the ledger has not written it down, ``CRASH_LIMIT`` fills its disk, ``CRASH_CLOCK=back`` turns its clock back.
"""

import datetime as dt
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kirjaamo import log
from kirjaamo.cli.inputs import inputs
from kirjaamo.errors import KirjaamoError
from kirjaamo.migration import planning, steps
from kirjaamo.migration.desk import Desk
from kirjaamo.migration.preparing import Options
from kirjaamo.migration.targets import Document, Target
from kirjaamo.workspace import Workspace, find

READY, GO = "ready", "go"
"""What a worker prints when it begins to read, and when it begins to write."""


@dataclass(slots=True)
class Striking:
    """A target that kills its own process after it has taken so many batches."""

    target: Target
    left: int

    def apply(self, run: int, batch: int, documents: Sequence[Document]) -> str:
        """Take a batch, and die before anyone can write that down."""
        receipt = self.target.apply(run, batch, documents)
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return receipt

    def __getattr__(self, name: str) -> object:
        """Do everything else as the target does."""
        return getattr(self.target, name)


class Worker(Desk):
    """A desk of which the target may strike, and that says when it begins."""

    @contextmanager
    def target(self, options: Options) -> Iterator[Target]:
        """Open the target."""
        with super().target(options) as target:
            print(GO, flush=True)
            after = int(os.environ.get("CRASH_AFTER", "0"))
            yield Striking(target, after) if after else target  # type: ignore[misc]  # by name


def worker(folder: str) -> None:
    """Run the plan of a workspace: what is killed."""
    limit = int(os.environ.get("CRASH_LIMIT", "0"))
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    desk = desk_of(Path(folder), Worker)
    print(READY, flush=True)
    steps.carry_out(desk, planning.read(Path(folder) / "plan.json"))


def desk_of(folder: Path, kind: type[Desk] = Desk) -> Desk:
    """Return the desk of a workspace, with a clock that a round decides."""
    workspace = find(folder)
    assert isinstance(workspace, Workspace)  # noqa: S101 - the round made it
    back = os.environ.get("CRASH_CLOCK") == "back"
    moments = (
        dt.datetime(2026, 1, 2, tzinfo=dt.UTC) + dt.timedelta(seconds=n) for n in _count(back)
    )
    return kind(
        workspace, lambda: inputs((), None, workspace).tables, lambda: next(moments), "crash"
    )


def _count(back: bool) -> Iterator[int]:  # noqa: FBT001 - the only choice
    number = 10**6
    while True:
        yield number
        number += -1 if back else 1


if __name__ == "__main__":
    log.start(verbose=False)
    try:
        worker(sys.argv[1])
    except KirjaamoError as error:
        print(error, file=sys.stderr)
        sys.exit(int(error.exit_code))
