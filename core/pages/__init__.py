"""Pages for a browser: one file, no network, in the language in use, to read and to print.

A room keeps its own templates in its folder ``pages/``; each extends ``page.html.j2`` of this
folder and may import ``tables.html.j2``.  Style and script stand inside the page; everything
that comes from outside is escaped.

================== ==========================================================================
file               holds
================== ==========================================================================
page.html.j2       the frame: head, style, heading, blocks ``style``, ``main`` and ``script``
page.css           colours for light and dark, type, tables, print
tables.html.j2     macros: a table of facts, a table with headings that can be filtered
filter.js          the filter of a table: rows that hold the typed text stay
================== ==========================================================================
"""

from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kirjaamo.messages import N_, gettext, language

NOTE = N_("Made by Kirjaamo; the page needs no network.")


def environment(package: str) -> Environment:
    """Return an environment that knows the templates of *package* and those shared by all.

    Args:
        package: Name of a package with a folder ``pages``, such as ``kirjaamo.audit``.
    """
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader(package, "pages"), PackageLoader("kirjaamo", "pages")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(_=gettext, lang=language, asset=asset, note=NOTE)
    return made


def asset(name: str, package: str = "kirjaamo") -> Markup:
    """Return a style sheet or script of a package's ``pages`` folder, to stand inside a page."""
    text = (files(package) / "pages" / name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - files of the product, never of a user


def render(package: str, template: str, **values: object) -> bytes:
    """Return a page as UTF-8.

    Args:
        package: Package whose ``pages`` folder holds the template.
        template: Name of the template.
        values: What the template names; ``title`` is wanted by ``page.html.j2``.

    Raises:
        jinja2.UndefinedError: The template names a value that was not given.
    """
    return environment(package).get_template(template).render(**values).encode()
