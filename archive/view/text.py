"""Texts as XHTML: what must be escaped, where lines break, what no XML can hold."""

import re

ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML 1.0 document can hold."""

_SPECIAL = re.compile("[&<>\x00-\x08\x0a-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n|\r|\n")


class Illegal(Exception):  # noqa: N818 - becomes an error that tells the place
    """A text holds a character that no XML can hold."""


def escaped(text: str) -> str:
    """Return a text as the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Return a text as the value of an attribute, on one line.

    >>> quoted('Say "<"')
    'Say &quot;&lt;&quot;'
    """
    return _BREAK.sub(" ", escaped(text)).replace('"', "&quot;")


def lined(text: str) -> str:
    r"""Return a text as the content of an element, with its line breaks.

    Raises:
        Illegal: No XML can hold it.

    >>> lined("1 < 2\r\n3")
    '1 &lt; 2<br/>3'
    """
    if _SPECIAL.search(text) is None:
        return text
    if ILLEGAL.search(text):
        raise Illegal
    text = escaped(text)
    return _BREAK.sub("<br/>", text) if "\n" in text or "\r" in text else text


def first_illegal(tree: object, pointer: str = "") -> str | None:
    r"""Return the pointer of the first text of a tree that XML cannot hold, if there is one.

    >>> first_illegal({"a": ["x", "\x00"]})
    '/a/1'
    """
    match tree:
        case str():
            return pointer if ILLEGAL.search(tree) else None
        case dict():
            inner = list(tree.items())
        case list():
            inner = list(enumerate(tree))
        case _:
            return None
    found = (first_illegal(value, f"{pointer}/{key}") for key, value in inner)
    return next((place for place in found if place is not None), None)
