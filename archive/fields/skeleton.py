"""The skeletons of a document and of a frame, compiled to templates that are filled quickly.

A template is compiled once for a set of fields that have values and a number of clients; filling
it is one formatting of strings.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

from lxml import etree

from kirjaamo.archive.fields.filling import Template

Part = Literal["document", "frame"]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MARK: Final = "{urn:kirjaamo:archive}"
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
_PREFIXES: Final = {"urn:hl7-org:v3": "", "urn:hl7finland": "s:"}
_CLIENT: Final = "client_"


class Place(NamedTuple):
    """Where a field stands: path of elements, and the attribute or "" for the text."""

    path: str
    attribute: str


@cache
def client_slot(name: str, number: int) -> str:
    """Return the slot of a field of a client; clients are numbered from 0."""
    return f"{name}.{number}"


@cache
def root(part: Part) -> etree._Element:
    """Return the skeleton of a part."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True, no_network=True)
    content = (files("kirjaamo.archive.fields") / f"{part}.xml").read_bytes()
    return etree.fromstring(content, parser)


@cache
def places(part: Part) -> Mapping[str, tuple[Place, ...]]:
    """Return the places of every field of a part."""
    found: dict[str, list[Place]] = {}
    for element in root(part).iter(etree.Element):
        above = [element, *element.iterancestors()][:-1]
        path = "/".join(_name(one) for one in reversed(above))
        for name, value in _attributes_of(element):
            if name == f"{_MARK}coded":
                found.setdefault(value, []).append(Place(path, "code"))
            elif not name.startswith(_MARK):
                for slot in _SLOT.findall(value):
                    found.setdefault(slot, []).append(Place(path, name))
        for slot in _SLOT.findall(element.text or ""):
            found.setdefault(slot, []).append(Place(path, ""))
    return {name: tuple(dict.fromkeys(all_)) for name, all_ in found.items()}


@cache
def used(part: Part) -> frozenset[str]:
    """Return the fields that stand in a part."""
    return frozenset(places(part))


def _name(element: etree._Element) -> str:
    name = etree.QName(element)
    return f"{_PREFIXES[name.namespace or '']}{name.localname}"


def _attributes_of(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element; its stubs allow bytes, which do not occur."""
    yield from ((str(name), str(value)) for name, value in element.attrib.items())


_compiled: dict[tuple[Part, frozenset[str], int], Template] = {}


def template(part: Part, present: frozenset[str], clients: int) -> Template:
    """Return the template of a part.

    Args:
        part: Document or frame.
        present: The slots that have values: names of fields, of a client's fields with its
            number.
        clients: How many clients there are.
    """
    key = (part, present, clients)
    found = _compiled.get(key)
    if found is None:
        pieces = [DECLARATION, *_element(root(part), present, clients, None), "\n"]
        found = _compiled[key] = Template("".join(pieces))
    return found


def _element(
    element: etree._Element, present: frozenset[str], clients: int, client: int | None
) -> Iterator[str]:
    """Yield an element with what is inside, as far as its fields have values."""
    if client is None and element.get(f"{_MARK}each"):
        for number in range(clients):
            yield from _element(element, present, clients, number)
        return

    def slot(name: str) -> str:
        return client_slot(name, client or 0) if name.startswith(_CLIENT) else name

    name, when, none = _name(element), element.get(f"{_MARK}when"), element.get(f"{_MARK}none")
    wanted = [slot(one) for one in _slots(element)]
    if when is not None:
        wanted.append(slot(when))
    if not present.issuperset(wanted):
        if none:
            yield f'<{name} nullFlavor="{none}"/>'
        return
    inside = [piece for one in element for piece in _element(one, present, clients, client)]
    text = _SLOT.sub(lambda found: f"{{{slot(found[1])}}}", element.text or "")
    yield f"<{name}{''.join(_attributes(element, slot))}"
    yield f">{text}{''.join(inside)}</{name}>" if text or inside else "/>"


def _slots(element: etree._Element) -> Iterator[str]:
    """Yield the fields of an element itself."""
    for name, value in _attributes_of(element):
        if name == f"{_MARK}coded":
            yield str(value)
        elif not name.startswith(_MARK):
            yield from _SLOT.findall(str(value))
    yield from _SLOT.findall(element.text or "")


def _attributes(element: etree._Element, slot: Callable[[str], str]) -> Iterator[str]:
    if element.getparent() is None:
        yield from (
            f' xmlns{f":{prefix}" if prefix else ""}="{uri}"'
            for prefix, uri in element.nsmap.items()
            if uri in _PREFIXES
        )
    for name, value in _attributes_of(element):
        if name == f"{_MARK}coded":
            yield f"{{{slot(str(value))}}}"
        elif not name.startswith(_MARK):
            yield f' {name}="{_SLOT.sub(lambda found: f"{{{slot(found[1])}}}", str(value))}"'
