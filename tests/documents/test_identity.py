"""Identifiers in documents against python-stdnum."""

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fi import hetu, ytunnus

from kirjaamo.validators.structure.identity import holds_business_id, is_identity_code

CODES = st.from_regex(r"\A[0-3][0-9][01][0-9]{3}[-+AY][0-9]{3}[0-9A-Y]\Z")


@given(code=CODES, day=st.dates())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_identity_codes_are_judged_as_python_stdnum_does(code, day):
    sign = {18: "+", 19: "-", 20: "A"}.get(day.year // 100, "-")
    digits = f"{day:%d%m%y}900"
    sound = f"{digits[:6]}{sign}900{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(digits) % 31]}"

    for text in (code, sound):
        assert is_identity_code(text) is hetu.is_valid(text, allow_temporary=True)


@given(number=st.integers(1, 99_999_999))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_business_ids_in_oids_are_judged_as_python_stdnum_does(number):
    for digit in range(10):
        oid_number = number // 10 * 10 + digit or 1

        expected = ytunnus.is_valid(f"{oid_number:08}")

        assert holds_business_id(f"1.2.246.10.{oid_number}.10.0") is expected
