"""The names of codes, in the language of a view."""

from collections.abc import Mapping
from functools import partial

from kirjaamo.archive.view.values import Write, plain
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.model import Field

Names = Mapping[str, tuple[str, str]]
"""Code to its Finnish and Swedish name; Finnish stands in for a missing Swedish one."""


class CodeNames:
    """Names of codes from the lists in use and from the structures themselves."""

    def __init__(self, codes: Codes) -> None:
        """Use these code lists; each is read once."""
        self._codes = codes
        self._lists: dict[str, Names] = {}

    def writer(self, field: Field, language: str) -> Write:
        """Return what writes the codes of a field."""
        listed = self._listed(field.system) if field.system else {}
        told = {code.code: (code.fi, code.sv or code.fi) for code in field.codes if code.fi}
        return partial(_written, {**listed, **told}, language == "sv")

    def _listed(self, system: str) -> Names:
        if system not in self._lists:
            found = self._codes.find(system)
            self._lists[system] = {} if found is None else {
                code: (fi or sv or "", sv or fi or "")
                for code, fi, sv in found.frame.sort(
                    "valid_from", nulls_last=False, maintain_order=True
                ).select("code", "name_fi", "name_sv").iter_rows()
            }  # fmt: skip
        return self._lists[system]


def _written(names: Names, is_swedish: int, value: object) -> str:
    """Return the text of a code.

    What the document calls it comes first.  Where that is missing, or is the name in the other
    language, the known name in the language of the view stands instead.

    >>> names = {"1": ("Kyllä", "Ja")}
    >>> _written(names, True, {"code": "1", "display": "Kyllä"}), _written(names, True, {"code": "2"})
    ('Ja', '2')
    """
    if not isinstance(value, dict):
        return plain(value)
    own, code = plain(value.get("display") or ""), plain(value.get("code", ""))
    known = names.get(code)
    if known is not None and own in {"", known[not is_swedish]}:
        return known[is_swedish]
    return own or code
