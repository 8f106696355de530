"""How many pupils borrowed how many copies."""

from schoollib_xl.quotas.borrowing.pupils import PupilBorrowing, distribution


def test_every_pupil_stands_in_one_band_also_at_both_ends_of_it() -> None:
    counts = (0, 0, 1, 2, 3, 5, 6, 10, 11, 40)
    pupils = [PupilBorrowing(f"S{at}", "甲", "三（1）班", copies, 1, None, 0, 0) for at, copies in enumerate(counts)]
    found = distribution(pupils)
    assert [(band.least, band.most, many) for band, many in found] == [
        (0, 0, 2),
        (1, 1, 1),
        (2, 2, 1),
        (3, 5, 2),
        (6, 10, 2),
        (11, None, 2),
    ]
