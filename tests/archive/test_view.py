"""Views: every structure, both languages, only what is allowed, nothing that should be hidden."""

import contextlib
import datetime as dt
import itertools
import re
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kirjaamo.archive.view import (
    IllegalCharacterError,
    Letterhead,
    Logo,
    NoImageError,
    UnsafeViewError,
    Views,
    WrongStructureError,
    faults,
    read_logo,
    subset,
    view,
)
from kirjaamo.archive.view.reading import page
from kirjaamo.archive.view.subset import CLASSES, FAULTS
from kirjaamo.classifications import structures
from kirjaamo.classifications.structures.model import Kind
from kirjaamo.errors import SettingsError
from kirjaamo.samples.documents import BUNDLED, document
from tests.archive import material
from tests.browser import violations

PLAN = "1.2.246.537.6.1506.15007.2024.11.28"
OID = "1.2.246.10.90000011.95.2026.7"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LETTERHEAD = Letterhead("Kaskivuoren hyvinvointialue", footer=("Katu 1", "00000 Mallila"))


def text_of(content):
    return " ".join(etree.fromstring(content).itertext())


def shown(oid, language="fi", fill="all", **more):
    made = document(oid, fill)
    return view(made, structures.get(oid), language=language, oid=OID, **more)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_structure_has_a_view_that_is_allowed(language):
    current = BUNDLED.current()
    for oid in current:
        structure = structures.get(oid)
        content = shown(oid, language, letterhead=LETTERHEAD, kind=structure.type)

        assert faults(content) == (), oid
        name = (structure.name.sv if language == "sv" else None) or structure.name.fi
        assert f">{name.replace('&', '&amp;')}</h1>".encode() in content
    assert len(current) == 202


def test_a_view_shows_titles_values_and_codes_in_its_language():
    finnish, swedish = (text_of(shown(PLAN, language)) for language in ("fi", "sv"))

    assert "Lapsiperheiden palvelujen asiakassuunnitelma" in finnish
    assert "Asiakkaan arvio siitä millaista tukea" in finnish  # the title, not the name
    assert "Vammaisten henkilöiden työtoiminta" in finnish
    assert "Kyllä" in finnish
    assert "5.3.2026 klo 9.20" in finnish
    assert "Klientplan inom servicen för barnfamiljer" in swedish
    assert "Arbetsverksamhet för personer med funktionsnedsättning" in swedish
    assert "Ja" in swedish
    assert "5.3.2026 kl. 9.20" in swedish


def test_fields_stand_in_the_order_of_the_structure():
    made = document(PLAN, "all")
    (root,) = made
    turned = {root: dict(reversed(made[root].items()))}
    one, other = (
        view(tree, structures.get(PLAN), language="fi", oid=OID) for tree in (made, turned)
    )

    assert one == other


@pytest.mark.parametrize("oid", BUNDLED.current()[::20])
def test_no_identity_code_is_shown_and_the_birth_day_is(oid):
    made = document(oid, "all")
    codes = re.findall(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]", str(made))
    content = text_of(view(made, structures.get(oid), language="fi", oid=OID))

    assert not re.search(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]", content)
    assert all(f"{code[:6]}*****" in content for code in codes)


def test_a_hidden_text_is_not_shown_but_what_a_hidden_group_holds_is():
    seen = set()
    for structure in structures._bundled.all():
        for field in structure.fields:
            if field.hidden and field.kind is Kind.PHRASE:
                seen.add(structure.oid)
    assert seen
    for oid in sorted(seen & set(BUNDLED.current())):
        made, structure = document(oid, "all"), structures.get(oid)
        content = text_of(view(made, structure, language="fi", oid=OID))
        for field in structure.fields:
            if field.hidden and field.kind is Kind.PHRASE:
                title = str((field.title or field.name).fi)
                assert title not in content or any(
                    (f.title or f.name).fi == title for f in structure.fields if not f.hidden
                )
    hidden = structures.get(PLAN).field(
        "lapsiperheiden_palvelujen_asiakassuunnitelma/suunnitelma"
    )
    assert hidden.hidden
    assert b">Suunnitelma</h2>" not in shown(PLAN)
    assert "Arjen rytmin vahvistaminen" in text_of(shown(PLAN))


def test_headings_go_down_one_level_at_a_time():
    for oid in BUNDLED.current()[::10]:
        levels = [
            int(element.tag[-1])
            for element in etree.fromstring(shown(oid)).iter()
            if re.fullmatch(r".*\}h[1-3]", element.tag)
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_head_tells_organisation_kind_and_day():
    logo = Logo("data:image/png;base64,AAAA", 'Tunnus "A"')
    content = shown(
        PLAN,
        letterhead=Letterhead("Alue & Co", logo, ("a", "b", "c", "d")),
        kind="Suunnitelma",
        date=dt.date(2026, 3, 6),
    )
    root = etree.fromstring(content)
    told = {element.get("class"): element for element in root.iter() if element.get("class")}

    assert root.get("id") == f"OID{OID}"
    assert told["soc-hdr1"].text == "Alue & Co"
    assert told["soc-hdr2"].text == "Suunnitelma"
    assert told["soc-hdr3"].text == "6.3.2026"
    assert told["soc-logo"][0].get("alt") == 'Tunnus "A"'
    assert [told[f"soc-ftr{place}"].text for place in (1, 2, 3)] == ["a", "b", "c"]
    assert set(told) <= CLASSES
    assert faults(content) == ()


def field_of(kind, **more):
    """Return a structure with one field and a function that shows its value."""
    field = structures.Field("r/f", structures.Name("Kenttä", "Fält"), Kind(kind), **more)
    structure = structures.Structure(
        oid="1.2.3.2024.1.1", name=structures.Name("Nimi"), type="", subject="", author="",
        status="current", valid_from=dt.date(2024, 1, 1), components="", root="r",
        fields=(field,),
    )  # fmt: skip

    def show(value, language="fi"):
        content = Views().view({"r": {"f": value}}, structure, language=language, oid="1")
        found = etree.fromstring(content).findall(".//{*}div[@class='soc-content']")
        return etree.tostring(found[0], encoding="unicode") if found else ""

    return show


CODES = (
    structures.Code("1", "Yksi", "Ett"),
    structures.Code("2", "Kaksi"),
    structures.Code("3"),
)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", 'a < b & c\r\n"d"', 'a &lt; b &amp; c<br/>"d"'),
        ("text", ["a", "b"], "<p>a</p><p>b</p>"),
        ("date", "2024-05-02", "2.5.2024"),
        ("date", "2024-05", "5/2024"),
        ("date", "2024", "2024"),
        ("date", "eilen", "eilen"),
        ("datetime", "2024-01-02T10:05:00Z", "2.1.2024 klo 12.05"),
        ("datetime", "2024-01-02T10:05:00", "2.1.2024 klo 10.05"),
        ("datetime", "2024-01", "1/2024"),
        ("boolean", False, "Ei"),
        ("boolean", "ehkä", "ehkä"),
        ("number", 3.25, "3,25"),
        ("number", 1e20, "100000000000000000000"),
        ("count", 3, "3"),
        ("amount", {"value": 10.5, "code": "EUR"}, "10,5 EUR"),
        ("measure", 4, "4"),
        ("percent", {"value": 50, "code": "%"}, "50 %"),
        ("identifier", {"system": "urn:oid:1.2.246.21", "value": "010190-900X"}, "010190*****"),
        ("identifier", {"system": "x", "value": "1.2.3"}, "1.2.3"),
        ("identifier", "abc", "abc"),
        ("name", {"a": "b", "c": ["d", 1]}, "b, d, 1"),
        ("code", {"code": "1", "display": "Oma nimi"}, "Oma nimi"),
        ("code", {"code": "1"}, "Yksi"),
        ("code", {"code": "1", "display": "Ett"}, "Yksi"),
        ("code", {"code": "3"}, "3"),
        ("code", {"code": "9", "display": "Muu"}, "Muu"),
        ("code", "1", "1"),
    ],
)  # fmt: skip
def test_values_are_written_for_a_finnish_reader(kind, value, expected):
    show = field_of(kind, codes=CODES if kind == "code" else ())

    assert f">{expected}</" in show(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"code": "1", "display": "Yksi"}, "Ett"),
        ({"code": "1"}, "Ett"),
        ({"code": "2", "display": "Kaksi"}, "Kaksi"),
        ({"code": "1", "display": "Oma nimi"}, "Oma nimi"),
    ],
)
def test_a_code_is_named_in_the_language_of_the_view(value, expected):
    assert f">{expected}</" in field_of("code", codes=CODES)(value, "sv")


def test_an_untitled_field_has_no_title_and_an_empty_one_is_not_shown():
    assert "Kenttä" not in field_of("text", untitled=True)("x")
    assert field_of("text")("") == ""
    assert field_of("text")(None) == ""
    assert field_of("identifier", system="1.2.246.21")("010190-900X").count("*") == 5


def test_what_is_not_of_its_kind_is_shown_as_it_stands():
    structure = structures.get(PLAN)
    content = view(
        {structure.root: {"suunnitelma": [{"lisatiedot": 1}, "x"], "laatija": "Nimi"}},
        structure,
        language="fi",
        oid=OID,
    )

    assert faults(content) == ()
    assert "Nimi" in text_of(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["value", "code", "display", "x"]), inner)
        ),
        max_leaves=6,
    ),
    st.sampled_from([kind.value for kind in Kind]),
)
def test_any_value_gives_a_view_that_is_allowed_or_one_error(value, kind):
    with contextlib.suppress(IllegalCharacterError):
        assert isinstance(field_of(kind)(value), str)  # it parses what the view gives


@pytest.mark.parametrize("text", ["a\x00b", "\x0b", "\ud800", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_an_error_with_its_place(text):
    with pytest.raises(IllegalCharacterError, match="The text at /r/f holds"):
        field_of("text")(text)


def test_a_document_of_another_structure_is_refused():
    for tree in ({"other": {}}, {}, {"r": {}, "s": {}}, {structures.get(PLAN).root: []}):
        with pytest.raises(WrongStructureError, match="root key"):
            view(tree, structures.get(PLAN), language="fi", oid=OID)


def test_a_logo_is_a_small_png(tmp_path):
    (tmp_path / "logo.png").write_bytes(PIXEL)
    (tmp_path / "logo.gif").write_bytes(b"GIF89a")
    (tmp_path / "large.png").write_bytes(PIXEL + bytes(65 << 10))

    assert read_logo(tmp_path / "logo.png", "A").source.startswith("data:image/png;base64,iVBO")
    for name in ("logo.gif", "large.png"):
        with pytest.raises(NoImageError, match="PNG image of at most 64 kB"):
            read_logo(tmp_path / name, "A")
    with pytest.raises(SettingsError):
        read_logo(tmp_path / "none.png", "A")


def unsafe(inner, attributes='class="soc-document" id="OID1"'):
    return f'<div xmlns="http://www.w3.org/1999/xhtml" {attributes}>{inner}</div>'.encode()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<div", "xml"),
        (b"<!DOCTYPE div []><div/>", "xml"),
        (unsafe("", 'class="soc-document"'), "root"),
        (unsafe("<script>x</script>"), "element"),
        (unsafe("<a href='x'>y</a>"), "element"),
        (unsafe('<p xmlns="urn:x"/>'), "element"),
        (unsafe('<p onclick="x">y</p>'), "attribute"),
        (unsafe('<p style="x">y</p>'), "attribute"),
        (unsafe('<div class="other"/>'), "class"),
        (unsafe('<img src="http://a/b.png" alt="x"/>'), "image"),
        (unsafe('<img src="data:image/png;base64,AA" alt=""/>'), "image"),
        (unsafe("<!-- x -->"), "node"),
        (b"<?x?>" + unsafe(""), "node"),
    ],
)
def test_what_a_view_may_not_hold_is_found_and_not_shown(content, fault):
    assert faults(content) == (fault,)
    assert fault in FAULTS
    with pytest.raises(UnsafeViewError, match="is not shown"):
        page(content, language="fi", place="x.xml")


def page_of(tmp_path, oid, language="fi"):
    (tmp_path / "logo.png").write_bytes(PIXEL)
    head = Letterhead("Kaskivuoren hyvinvointialue", read_logo(tmp_path / "logo.png", "Tunnus"),
                      ("Katu 1",))  # fmt: skip
    content = shown(
        oid, language, letterhead=head, kind="Suunnitelma", date=dt.date(2026, 3, 6)
    )
    path = tmp_path / f"{language}.html"
    path.write_bytes(page(content, language=language, place="x"))
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_page_is_readable_in_a_browser(visit, tmp_path, language, scheme):
    path = page_of(tmp_path, PLAN, language)
    opened = visit(path, color_scheme=scheme)

    assert violations(opened) == []
    assert opened.locator("article").get_attribute("lang") == language
    assert opened.locator("h1").count() == 1
    assert opened.locator("h2").count() > 3
    assert opened.locator("img").evaluate("image => image.complete && image.naturalWidth") == 1
    assert len(opened.screenshot(full_page=True)) > 20_000
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_page_fits_a_narrow_screen(visit, tmp_path):
    opened = visit(page_of(tmp_path, PLAN))
    opened.set_viewport_size({"width": 360, "height": 800})

    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


def _damaged(view):
    """Yield a view with each of its tags and some of its bytes taken away, doubled or changed."""
    tags = sorted({*re.findall(rb"<[^>]*>", view)})
    for tag in tags:
        place = view.index(tag)
        yield view[:place] + view[place + len(tag) :]
        yield view[:place] + tag + view[place:]
        for other in (
            *tags,
            b"<i>",
            b"</i>",
            b"<br>",
            b"<p onclick='x'>",
            b"<!-- -->",
            b"<?x ?>",
        ):
            yield view[:place] + other + view[place + len(tag) :]
    odd = (
        b"&",
        b"&amp;",
        b"&#0;",
        b"&x;",
        b"<",
        b">",
        b"]]>",
        b"\x00",
        b"\x0b",
        b"\xff",
        b"\r",
    )
    for piece in (*odd, b"\xef\xbf\xbf", b"\xef\xbf\xbd", b"\xed\xa0\x80", b"\xc2\x85"):
        for place in range(0, len(view), 7):
            yield view[:place] + piece + view[place:]


def test_the_quick_look_says_what_the_long_one_says(monkeypatch):
    view = b64decode(
        etree.fromstring(material.sound()["document"]).findtext(
            "{*}component/{*}nonXMLBody/{*}text"
        )
    )
    assert subset._is_plain(view)
    every = [*_damaged(view)]
    found = [subset.faults(one) for one in every]
    monkeypatch.setattr(subset, "_is_plain", lambda _content: False)
    assert found == [subset.faults(one) for one in every]
    assert sum(map(bool, found)) > len(found) // 2
