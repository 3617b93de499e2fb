"""An instance as the rules of good practice get it, and how they tell places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.signature import told
from kirjaamo.finance.instances.looked import Looked
from kirjaamo.messages import N_
from kirjaamo.rules import CannotRun, Hit

PRACTICE: Final = (
    "CEN CWA 16744-4 and EBA Filing Rules 4.3, on which the State Treasury's technical rules "
    "(JHS 194 annex 3) are based"
)
"""Where most rules come from; how each of them is enforced by the authority is not known."""

NAMED: Final = "Naming of metrics in the State Treasury's taxonomies (taxgen)"

_NO_XML: Final = N_("only an instance in XML can break it")
_NO_POINTS: Final = N_("the data of the data points is not given")


@dataclass(frozen=True, slots=True)
class Means:
    """What the rules look things up in.

    Attributes:
        entry_point: Address of the module that must be named; any when empty.
        namespaces: Prefix to namespace as the taxonomy has them.
        points: The data points of the taxonomy; None when they are not given.
    """

    entry_point: str = ""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    points: DataPoints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """An instance.

    Attributes:
        file: Name of the file.
        entry_point: Address of the schema that it names.
        facts: ``line, id, context, metric, signature, period, unit, decimals, value``; null
            where a fact names a context or unit that is not there.
        filers: Pairs of scheme and code.
        indicators: Codes of tables that are filed, as often as they are told.
        means: What the rules look things up in.
        looked: The XML; None for other forms.
    """

    file: str
    entry_point: str
    facts: pl.DataFrame
    filers: frozenset[tuple[str, str]]
    indicators: tuple[str, ...]
    means: Means
    looked: Looked | None = None

    @property
    def xml(self) -> Looked:
        """Return the XML.

        Raises:
            CannotRun: The instance has another form.
        """
        if self.looked is None:
            raise CannotRun(_NO_XML)
        return self.looked

    @property
    def points(self) -> DataPoints:
        """Return the data points.

        Raises:
            CannotRun: They are not given.
        """
        if self.means.points is None:
            raise CannotRun(_NO_POINTS)
        return self.means.points

    def hits(self, wrong: pl.Expr) -> Iterator[Hit]:
        """Yield the place of every fact that *wrong* is true of."""
        found = self.facts.filter(wrong.fill_null(value=False))
        for line, signature, metric in found.select("line", "signature", "metric").iter_rows():
            yield at(line, signature or str(metric))


def at(line: int | None, place: str) -> Hit:
    """Return a place in an instance."""
    return Hit(told(place), {"line": line or 1})
