"""Instances where ``kirjaamo finance check`` gets them in the place of ledgers."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_

if TYPE_CHECKING:
    from kirjaamo.cli.finance_ground import Ground
    from kirjaamo.run import Run


class MixedPathsError(KirjaamoError):
    """Ledgers and instances were given together."""

    sentence = N_(
        "{path} is an instance and another path is none. Check them one after the other."
    )


def instances(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the paths when they are instances; none when they are ledgers.

    Raises:
        MixedPathsError: Some are and some are not.
    """
    from kirjaamo.finance.instances import is_instance

    places = tuple(Path(path) for path in paths if "://" not in path)
    found = tuple(path for path in places if is_instance(path))
    if found and len(found) < len(paths):
        raise MixedPathsError(path=found[0])
    return found


def run(  # noqa: PLR0917 - what was asked for, in the order of the command
    ground: "Ground",
    paths: Sequence[Path],
    day: dt.date,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
) -> "Run":
    """Check instances by the rules of good practice; waivers of the workspace are in force.

    Raises:
        UnknownNameError: A code that no rule has.
        InstanceError: An instance cannot be read.
    """
    from kirjaamo.cli.finance_show import named_points
    from kirjaamo.finance import rules
    from kirjaamo.finance.instances.checking import Choice, check
    from kirjaamo.finance.instances.subject import Means
    from kirjaamo.waivers import Known, in_force, read_baseline, read_waivers

    at, finance = ground.workspace, ground.finance
    waivers = in_force(read_waivers(at.waivers, rules()), day) if at else ()
    known = Known(waivers, read_baseline(baseline) if baseline else None)
    means = Means(finance.module, finance.namespaces, named_points(None))
    return check(paths, means, Choice(day, select, ignore, known))
