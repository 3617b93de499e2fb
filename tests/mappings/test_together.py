"""What stands beside an old value speaks for a new one only as far as it can be trusted."""

import polars as pl
import pytest

from kirjaamo.mappings.together import PAIRS, through


def shares(*rows, became):
    beside = pl.DataFrame(list(rows), schema=PAIRS, orient="row")
    return {(old, new): share for old, new, _, share in through(beside, became).iter_rows()}


RIGHT = ("L", "type", "T1", 500)
OTHER = ("V", "type", "T2", 500)


def test_a_neighbour_of_many_right_rows_tells_what_a_misspelt_code_meant():
    found = shares(RIGHT, OTHER, ("LX", "type", "T1", 3), became={"L": "10", "V": "20"})

    assert found["LX", "10"] == pytest.approx(1.0)


def test_a_few_mistakes_do_not_speak_for_a_whole_unmapped_code():
    rows = (RIGHT, OTHER, ("VAN", "type", "T3", 1000), ("L", "type", "T3", 5))

    assert shares(*rows, became={"L": "10", "V": "20"}) == {}
