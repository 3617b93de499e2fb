"""Finding code lists: the built-in ones and the workspace's own.

A list of the workspace takes the place of the built-in list of the same OID.  Nothing is
read before it is asked for, and each list is read once.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl

from kirjaamo.classifications.codelist import CodeList
from kirjaamo.classifications.home import Home, built_in, homes, read
from kirjaamo.classifications.oid import is_oid, without_version
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_


@cache
def _built_in_list(key: str) -> CodeList:
    return read(built_in()[key])


class Codes:
    """The code lists in use.

    Cheap to make and to send to a worker process: it carries only the name of a folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Use the built-in lists, overridden by those imported into *folder*."""
        self.folder = folder
        self._homes: dict[str, Home] = {}
        self._lists: dict[str, CodeList] = {}

    def __reduce__(self) -> tuple[type["Codes"], tuple[Path | None]]:
        """Travel without what has been read."""
        return (Codes, (self.folder,))

    def homes(self) -> dict[str, Home]:
        """Return where every list lives, by OID or slug, in the order of the OIDs."""
        if not self._homes:
            own = self.folder
            mine = homes(own, imported=True) if own is not None and own.is_dir() else []
            imported = {home.key: home for home in mine if home.editions()}
            both = built_in() | imported
            self._homes = dict(sorted(both.items(), key=lambda item: _order(item[0])))
        return self._homes

    def get(self, name: str) -> CodeList:
        """Return the list with this OID or slug.

        Raises:
            UnknownNameError: There is none.
        """
        found = self.find(name)
        if found is None:
            known = (*(home.slug for home in self.homes().values()), *self.homes())
            raise UnknownNameError(kind=N_("code list"), name=name, known=known)
        return found

    def find(self, name: str) -> CodeList | None:
        """Return the list with this OID or slug, or None.

        A leading ``urn:oid:`` and the version node at the end of an OID do not matter.
        """
        home = self.home(name)
        if home is None:
            return None
        if not home.imported:
            return _built_in_list(home.key)
        if home.key not in self._lists:
            self._lists[home.key] = read(home)
        return self._lists[home.key]

    def home(self, name: str) -> Home | None:
        """Return where the list with this OID or slug lives, or None."""
        found, oid = self.homes(), name.removeprefix("urn:oid:")
        by_slug = {home.slug: home for home in found.values()}
        return found.get(oid) or found.get(without_version(oid)) or by_slug.get(name)

    def all(self) -> list[CodeList]:
        """Return every list, those known by name only included."""
        return [self.get(key) for key in self.homes()]

    def pairs(self) -> pl.DataFrame:
        """Return the allowed pairs of service task and social service, each with its scope.

        The column ``structure`` names the document structure inside which the pair is stated;
        a pair that is not here may well be allowed elsewhere.
        """
        content = (files("kirjaamo.classifications") / "pairs" / "1221_x_1222.csv").read_bytes()
        return pl.read_csv(content, infer_schema=False)

    def editions(self) -> dict[str, str]:
        """Return OID (or slug) to the edition in use, for the report of a run."""
        return {
            key: f"workspace {home.editions()[-1]}" if home.imported else home.editions()[-1]
            for key, home in self.homes().items()
            if home.editions()
        }


def editions_of(codes: Codes, name: str, wanted: tuple[str, ...]) -> tuple[CodeList, CodeList]:
    """Return two editions of a list: the *wanted* ones, or the built-in one and the latest.

    Raises:
        UnknownNameError: There is no such list or edition.
    """
    latest = codes.get(name)
    own = codes.homes()[latest.key]
    shipped = built_in().get(latest.key, own)
    if not wanted:
        return read(shipped) if latest.imported else latest, latest
    where = {day: home for home in (shipped, own) for day in home.editions()}
    unknown = [day for day in wanted if day not in where]
    if unknown:
        raise UnknownNameError(kind=N_("edition"), name=unknown[0], known=tuple(where))
    before, after = (read(where[day], day) for day in wanted)
    return before, after


def _order(key: str) -> tuple[list[int], str]:
    """Return a sort key: OIDs node by node, then slugs.

    >>> sorted(["1.10", "language", "1.9"], key=_order)
    ['1.9', '1.10', 'language']
    """
    return ([int(node) for node in key.split(".")], "") if is_oid(key) else ([99], key)
