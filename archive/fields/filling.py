"""Parts written from templates: their bytes, and what stands in every slot of them.

A part that was written knows its template and its values, so that nobody who looks at it has to
take its bytes apart again, and a packed text knows what was packed.
"""

import binascii
import itertools
import re
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Final, Self

_SLOT: Final = re.compile(r"\{([a-z_.0-9]+)\}")
PACKED: Final = frozenset({"view", "body"})
"""Fields whose values are packed: long, and plain ASCII."""


class Packed(str):
    """Base64 of some bytes, which knows them.

    Attributes:
        content: What was packed.
        tree: What JSON in it says, where that was read; nobody changes it.
    """

    __slots__ = ("content", "tree")

    content: bytes
    tree: dict[str, Any] | None

    def __new__(cls, content: bytes, tree: dict[str, Any] | None = None) -> Self:
        """Pack bytes."""
        found = super().__new__(cls, binascii.b2a_base64(content, newline=False), "ascii")
        found.content, found.tree = content, tree
        return found


class Template:
    """A part with slots; it is known by itself, not by its text.

    Attributes:
        names: The field of every slot.
        around: What stands before and after every slot, as far as the next ones.
    """

    __slots__ = ("_slots", "_texts", "around", "names")

    def __init__(self, text: str) -> None:
        """Compile a text with ``{field}`` in its slots; it has two at least."""
        pieces = _SLOT.split(text)
        fixed = pieces[::2]
        self.names = tuple(pieces[1::2])
        self.around = tuple(itertools.pairwise(fixed))
        self._slots = itemgetter(*self.names)
        texts, last = [fixed[0].replace("%", "%%")], 0
        found: list[tuple[str, slice, int | None]] = []
        for place, name in enumerate(self.names):
            after = fixed[place + 1].replace("%", "%%")
            if name in PACKED:
                found.append(("".join(texts), slice(last, place), place))
                texts, last = [after], place + 1
            else:
                texts += ["%s", after]
        self._texts = (*found, ("".join(texts), slice(last, None), None))

    def told(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the value of every slot; values are escaped for their places."""
        found: tuple[str, ...] = self._slots(values)
        return found

    def filled(self, told: tuple[str, ...]) -> bytes:
        """Return the part as UTF-8 with a value in every slot."""
        pieces = []
        for text, some, packed in self._texts:
            pieces.append((text % told[some]).encode())
            if packed is not None:
                pieces.append(told[packed].encode())
        return b"".join(pieces)


class Written:
    """A part as its template wrote it.

    Attributes:
        template: Its template.
        told: The value of every slot.
        content: Its bytes: what the template makes of the values, and nothing else.
    """

    __slots__ = ("content", "template", "told")

    def __init__(self, template: Template, values: Mapping[str, str]) -> None:
        """Write a part."""
        self.template = template
        self.told = template.told(values)
        self.content = template.filled(self.told)
