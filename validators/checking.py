"""A whole check: every rule that was chosen, over tables and documents, with the code lists.

This is what ``kirjaamo check`` and the demo call, and what a program may call.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.engines.document_driver import add_documents
from kirjaamo.engines.driver import add_tables
from kirjaamo.engines.pack import Context
from kirjaamo.engines.planning import Source
from kirjaamo.engines.tally import Progress, Tally, silent
from kirjaamo.rules import Kind
from kirjaamo.run import Run
from kirjaamo.selection import hold, select
from kirjaamo.waivers import Known, in_force, read_baseline, read_waivers
from kirjaamo.workspace import CheckSettings, Workspace


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person asked for; the workspace's settings hold where nothing is said.

    Attributes:
        as_of: The day that counts as today.
        select: Codes or families of rules to run.
        ignore: Codes or families to leave out.
        structure: OID of the structure of documents that do not tell it.
        baseline: An earlier report; only what it does not have is shown.
        jobs: How many pieces are checked at once.
    """

    as_of: dt.date
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    structure: str = ""
    baseline: Path | None = None
    jobs: int = 1


def check(
    tables: Sequence[Source],
    documents: Sequence[Path],
    choice: Choice,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> Run:
    """Check *tables* and *documents*.

    Args:
        tables: Sources with the profiles that explain them.
        documents: Files and folders of client documents.
        choice: What the person asked for.
        workspace: Its settings, waivers and imported national data are used.
        progress: Told of every finished piece.

    Raises:
        KirjaamoError: A source cannot be read, or a choice names what does not exist.
    """
    settings = workspace.settings.check if workspace else CheckSettings()
    hold(validators.rules(), settings.thresholds)
    chosen = select(
        validators.rules().values(),
        choice.select or settings.select,
        choice.ignore or settings.ignore,
        choice.as_of,
    )
    # Rules over documents are no part of a check of tables, and the other way round.
    rules = [rule for rule in chosen if (documents if rule.kind is Kind.DOCUMENT else tables)]
    folder = workspace.classifications if workspace else None
    context = Context(choice.as_of, Codes(folder), settings.thresholds)
    tally = Tally(_settled(choice, workspace))
    add_tables(tally, tables, rules, context=context, jobs=choice.jobs, progress=progress)
    if documents:
        add_documents(
            tally,
            documents,
            rules,
            library=Library(Structures(folder / "structures" if folder else None)),
            context=context,
            structure=choice.structure,
            jobs=choice.jobs,
            progress=progress,
        )
    return tally.finish(rules, context)


def _settled(choice: Choice, workspace: Workspace | None) -> Known:
    """Return the waivers in force and the baseline."""
    waivers = read_waivers(workspace.waivers, validators.rules()) if workspace else ()
    baseline = read_baseline(choice.baseline) if choice.baseline else None
    return Known(in_force(waivers, choice.as_of), baseline)
