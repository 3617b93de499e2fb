"""A metadata field, and the table of all, for people."""

from collections.abc import Iterator

from kirjaamo.archive.fields.model import Field, fields
from kirjaamo.archive.fields.skeleton import Part, places
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_, gettext

COLUMNS = (
    N_("field"), N_("name"), N_("place"), N_("sources"), N_("kinds"), N_("code list"),
    N_("confidence"),
)  # fmt: skip
"""Columns of the table of fields."""

PARTS: tuple[Part, ...] = ("document", "frame")

PART_NAMES = {"document": N_("document"), "frame": N_("frame")}

KIND_NAMES = {
    "client": N_("client document"),
    "relationship": N_("client-relationship document"),
    "matter": N_("matter document"),
    "permission": N_("permission"),
    "prohibition": N_("prohibition"),
}
"""Kinds of archive documents, and what they are called."""

DERIVATIONS = {
    "record": N_("from the record: {name}"),
    "structure": N_("from the structure of the document: {name}"),
    "settings": N_("from the setting {name}"),
    "mapping": N_("from the mapping archive.{name} of the settings"),
    "constant": N_("always {name}"),
    "computed": N_("computed: {name}"),
}
"""Derivations, and how they are told."""

CONFIDENCES = {
    "confirmed": N_("confirmed"),
    "secondary": N_("secondary"),
    "uncertain": N_("uncertain"),
}


def get(name: str) -> Field:
    """Return a field.

    Raises:
        UnknownNameError: There is none of that name.
    """
    known = fields()
    if name not in known:
        raise UnknownNameError(kind=N_("metadata field"), name=name, known=tuple(known))
    return known[name]


def placed(name: str) -> Iterator[str]:
    """Yield the places of a field: part, path of elements, attribute."""
    for part in PARTS:
        for place in places(part).get(name, ()):
            attribute = f"/@{place.attribute}" if place.attribute else ""
            yield f"{gettext(PART_NAMES[part])}: {place.path}{attribute}"


def page(name: str) -> str:
    """Return the page of a field in the language in use.

    Raises:
        UnknownNameError: There is none of that name.
    """
    one = get(name)
    lines = [f"{name}: {one.label}", ""]
    lines += [f"  {gettext(N_('place'))}: {place}" for place in placed(name)]
    for number, source in enumerate(one.origins, start=1):
        told = gettext(DERIVATIONS[source.derivation]).format(name=source.name)
        lines.append(f"  {number}. {told}")
    if one.system:
        lines.append(f"  {gettext(N_('code list'))}: {one.system} {one.system_name}")
    if one.needs:
        kinds = ", ".join(gettext(KIND_NAMES[kind]) for kind in one.needs)
        lines.append(f"  {gettext(N_('held without it'))}: {kinds}")
    lines.append(f"  {gettext(N_('confidence'))}: {gettext(CONFIDENCES[one.confidence])}")
    lines.append(f"  {gettext(N_('source'))}: {one.source}")
    if one.unknown is not None:
        lines.append(f"  {gettext(N_('not known'))}: {one.unknown}")
    return "\n".join(lines)


def table() -> Iterator[tuple[str, ...]]:
    """Yield a row for every field; see `COLUMNS`."""
    for name, one in fields().items():
        yield (
            name, str(one.label), "; ".join(placed(name)), "; ".join(one.sources),
            ", ".join(one.needs), one.system, gettext(CONFIDENCES[one.confidence]),
        )  # fmt: skip
