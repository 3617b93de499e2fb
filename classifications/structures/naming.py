"""Codes and their names out of the one text in which the national definitions list them.

A list reads ``1 = Isyys, 2 = Otaksutun synnyttäneen äidin äitiys``; separators vary.  A
code given twice with different names has no certain name, so it gets none.
"""

import re

_CODE = re.compile(r"(?<![\w)])([0-9A-Z]{1,6})[ \t]*=[ \t]*")  # "14 = ", "HUO=", "11= "
_LONGEST = 200


def names_of_codes(lists: list[str]) -> dict[str, str]:
    """Return code to name, in the order of the lists.

    >>> names_of_codes(["Sisäinen luokitus: 1 = Isyys, 2= Toisen äidin äitiys"])
    {'1': 'Isyys', '2': 'Toisen äidin äitiys'}
    >>> names_of_codes(["14 = Poliisi, 14 = Muu", "98 = Ei tarvetta"])
    {'98': 'Ei tarvetta'}
    """
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for text in lists:
        marks = list(_CODE.finditer(text))
        ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
        for mark, end in zip(marks, ends, strict=True):
            name = " ".join(text[mark.end() : end].split()).rstrip(" ,;")
            if found.setdefault(mark[1], name) != name or not 0 < len(name) <= _LONGEST:
                doubtful.add(mark[1])
    return {code: name for code, name in found.items() if code not in doubtful}
