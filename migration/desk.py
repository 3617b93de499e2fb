"""The desk: what every step of a migration works with."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kirjaamo.ledger import Clock
from kirjaamo.migration import running
from kirjaamo.migration.ledger import Book, open_book
from kirjaamo.migration.preparing import Options, Prepared, prepare
from kirjaamo.migration.targets import Target, open_target
from kirjaamo.sources.formats import Source
from kirjaamo.workspace import Workspace

Tell = Callable[[str, int], None]
"""Is told the name of what is done and how many records of it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every step works with.

    Attributes:
        workspace: The workspace.
        sources: Gives the exports; called when a step reads them.
        clock: Gives the time.
        who: The user.
        jobs: How many processes make documents.
        tell: Is told of progress.
    """

    workspace: Workspace
    sources: Callable[[], Sequence[Source]]
    clock: Clock
    who: str
    jobs: int = 1
    tell: Tell = lambda _name, _records: None

    @contextmanager
    def ledger(self) -> Iterator[Book]:
        """Open the ledger and hold it alone."""
        with open_book(self.workspace.ledger_url, self.clock, self.who) as book:
            yield book

    @contextmanager
    def target(self, options: Options) -> Iterator[Target]:
        """Open the target of a plan."""
        with open_target(options.target, self.workspace.folder / options.place) as target:
            yield target

    def prepared(self, book: Book, options: Options, run: int | None = None) -> Prepared:
        """Read the sources; what run number *run* moved does not count as moved earlier."""
        earlier = running.moved_earlier(book, options.stage, run)
        return prepare(self.workspace, self.sources(), options, earlier)
