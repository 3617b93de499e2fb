"""The arithmetic of identifiers as column expressions, shared by the rules of this family.

Equal to python-stdnum (``stdnum.fi.hetu``, ``stdnum.fi.ytunnus``), which a test proves; here
over a million rows at once.  Only ASCII digits are digits.  An identity code is
``ddmmyy``, a separator for the century, the individual number ``NNN`` and a check
character; a code that ``well_formed`` refuses gives null or nonsense in the other functions.
"""

import polars as pl

from kirjaamo.records import Field

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def _identity_code(separator: str, check: str, gap: str) -> str:
    """Return the pattern of ddmmyy, separator, 002-999 and check character, *gap* between them."""
    individual = f"([1-9]{gap}[0-9]{gap}[0-9]|0{gap}[1-9]{gap}[0-9]|0{gap}0{gap}[2-9])"
    birth = ("[0-3]", "[0-9]", "[01]", "[0-9]", "[0-9]", "[0-9]")
    return "^" + gap.join([*birth, separator, individual, check]) + "$"


IDENTITY_CODE = _identity_code("[-+A-FU-Y]", "[0-9A-FHJ-NPR-Y]", "")
UNTIDY = _identity_code("[-+A-FU-Ya-fu-y]", "[0-9A-FHJ-NPR-Ya-fhj-npr-y]", r"\s*")
CENTURY = {"+": 18} | dict.fromkeys("-YXWVU", 19) | dict.fromkeys("ABCDEF", 20)
CALENDAR_DAY = r"""(?x)^(
    (0[1-9] | 1[0-9] | 2[0-8]) (0[1-9] | 1[0-2])
  | (29 | 30) (0[13-9] | 1[0-2])
  | 31 (0[13578] | 1[02])
  | 2902 (0[48] | [2468][048] | [13579][26])
  | 290200[A-F]                               # 1800 and 1900 were no leap years, 2000 was
)"""

BUSINESS_ID = r"^[0-9]{7}-?[0-9]$"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)

# at least two numbers between full stops, none with a zero in front
OID = r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+$"
ORGANISATION = r"^1\.2\.246\.10\.([0-9]+)(\.|$)"
# group or type of document, its number, and the day of the version
STRUCTURE = (
    r"^1\.2\.246\.537\.6\.(1505|1506)\.[1-9][0-9]*"
    r"\.((?:19|20)[0-9]{2}\.[1-9][0-9]?\.[1-9][0-9]?)$"
)


def is_organisation_oid(field: Field) -> bool:
    """Return whether *field* holds the OID of a unit or a controller."""
    return field.type == "oid" and not field.personal and field.name != "structure"


def well_formed(code: pl.Expr) -> pl.Expr:
    """Return whether *code* has the form of an identity code."""
    return code.str.contains(IDENTITY_CODE)


def tidied(code: pl.Expr) -> pl.Expr:
    """Return *code* in capitals and without white space."""
    return code.str.replace_all(r"\s", "").str.to_uppercase()


def well_formed_once_tidied(code: pl.Expr) -> pl.Expr:
    """Return whether the tidied *code* has the form of an identity code; cheaper than tidying."""
    return code.str.contains(UNTIDY)


def check_character_fits(code: pl.Expr) -> pl.Expr:
    """Return whether the last character is the one computed from the nine digits."""
    individual = code.str.slice(7, 3).cast(pl.Int32, strict=False)
    place = (_birth(code) * 1000 + individual) % 31
    return code.str.slice(10, 1) == pl.lit(CHECK_CHARACTERS).str.slice(place, 1)


def century(code: pl.Expr) -> pl.Expr:
    """Return the century of birth, 18 to 20, that the separator stands for."""
    return code.str.slice(6, 1).replace_strict(CENTURY, default=None, return_dtype=pl.Int32)


def day_exists(code: pl.Expr) -> pl.Expr:
    """Return whether the first six digits are a day of the calendar, in the code's century."""
    return code.str.contains(CALENDAR_DAY)


def holds(code: pl.Expr) -> pl.Expr:
    """Return whether *code* is an identity code without fault in itself."""
    return well_formed(code) & day_exists(code) & check_character_fits(code)


def same_day(code: pl.Expr, date: pl.Expr) -> pl.Expr:
    """Return whether *code* and *date* agree on day, month and year of the century."""
    day, month = date.dt.day().cast(pl.Int32), date.dt.month().cast(pl.Int32)
    return _birth(code) == day * 10_000 + month * 100 + date.dt.year() % 100


def same_century(code: pl.Expr, date: pl.Expr) -> pl.Expr:
    """Return whether the separator stands for the century of *date*."""
    return century(code) == date.dt.year() // 100


def business_id_holds(number: pl.Expr) -> pl.Expr:
    """Return whether *number* is eight digits (no hyphen) of which the last is the check digit.

    A remainder of 1 has no check digit, so such numbers are never given.
    """
    digits = number.cast(pl.Int64, strict=False)
    total = pl.sum_horizontal(
        digits // 10 ** (7 - place) % 10 * weight for place, weight in enumerate(WEIGHTS)
    )
    remainder, check = total % 11, digits % 10
    fits = pl.when(remainder == 0).then(check == 0).otherwise(check == 11 - remainder)
    return number.str.contains(r"^[0-9]{8}$") & fits


def business_id_of(oid: pl.Expr) -> pl.Expr:
    """Return the business id, eight digits, inside an organisation's OID; null without one.

    The OID leaves out the hyphen and the zeros in front (JHS 159).
    """
    return oid.str.extract(ORGANISATION, 1).str.zfill(8)


def _birth(code: pl.Expr) -> pl.Expr:
    """Return ``ddmmyy`` as one whole number."""
    return code.str.slice(0, 6).cast(pl.Int32, strict=False)
