"""Poor recording put into a region is found, and hardly anything else."""

from benchmarks.audit import truth


def test_every_measure_finds_what_was_put_in():
    score = truth.measured(120)
    told = score.figures()

    assert told["measures"] == told["measures_in_right_direction"] == 21
    assert told["measure_found_min"] >= 0.95
    assert told["measure_false_max"] <= 0.02
