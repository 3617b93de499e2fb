"""The code server's JSON: one page of ``conceptcodes``, or a list of pages.

The field names are those of the server's REST description, version 6.  Which attribute holds
the Swedish name is stated by the definitions of the list's version; a file without them can be
told with ``--column name_sv=ATTRIBUTE``.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from kirjaamo.classifications.codelist import Names
from kirjaamo.classifications.concept import Concept, Export
from kirjaamo.classifications.errors import CannotImportError
from kirjaamo.classifications.form_xml import STATUS
from kirjaamo.messages import N_, gettext

NAMES = ("LongName", "ShortName", "Abbreviation")
"""The attributes that hold the Finnish names, fullest first."""

PARENT = "ParentId"


class Attribute(msgspec.Struct, rename="camel"):
    """A fact about a code."""

    attribute_name: str
    attribute_value: list[str] = []


class ConceptCode(msgspec.Struct, rename="camel"):
    """A code as the server gives it."""

    concept_code_id: str
    status: str = "ACTIVE"
    classification_id: str = ""
    classification_name: str = ""
    version_id: str = ""
    begin_date: str | None = None
    expiration_date: str | None = None
    attributes: list[Attribute] = []


class Page(msgspec.Struct, rename="camel"):
    """A page of codes."""

    concept_codes: list[ConceptCode]
    page: int = 1
    total_items: int | None = None
    total_pages: int | None = None


def read(path: Path, content: bytes, columns: Mapping[str, str]) -> Export:
    """Return the codes of a saved page, or of a JSON list of pages."""
    try:
        pages = msgspec.json.decode(content, type=Page | list[Page])
    except msgspec.MsgspecError as error:
        place = (
            str(error).rpartition(" - at `")[2].rstrip("`") if " - at `" in str(error) else ""
        )
        reason = N_("it is not a page of codes of the code server")
        raise CannotImportError(file=path, place=place, reason=reason) from None
    every = pages if isinstance(pages, list) else [pages]
    return export(every, path, columns)


def export(pages: Iterable[Page], file: Path | str, columns: Mapping[str, str]) -> Export:
    """Return the codes of pages; *columns* is field to attribute where they differ."""
    found: list[Concept] = []
    oids: set[str] = set()
    label = ""
    for page in pages:
        for number, code in enumerate(page.concept_codes, start=1):
            place = gettext("page {page}, code {number}").format(page=page.page, number=number)
            found.append(_concept(code, place, columns))
            oids |= {code.classification_id} - {""}
            label = label or code.classification_name
    if len(oids) > 1:
        raise CannotImportError(file=file, reason=N_("it holds codes of several lists"))
    return Export(
        tuple(found), next(iter(oids), ""), Names(label) if label else None, file=file
    )


def _concept(code: ConceptCode, place: str, columns: Mapping[str, str]) -> Concept:
    facts = {
        a.attribute_name: a.attribute_value[0] for a in code.attributes if a.attribute_value
    }
    wanted = (columns["name_fi"],) if "name_fi" in columns else NAMES
    fi = [facts[name] for name in wanted if facts.get(name)]
    return Concept(
        code=code.concept_code_id,
        place=place,
        name_fi=fi[0] if fi else "",
        name_sv=facts.get(columns.get("name_sv", ""), ""),
        parent=facts.get(columns.get("parent", PARENT), ""),
        valid_from=code.begin_date or "",
        valid_to=code.expiration_date or "",
        status=STATUS.get(code.status.upper(), code.status),
        source="REST service of the national code service",
        others=tuple((name, "") for name in fi[1:] if name != fi[0]),
    )
