"""What stops work with data points."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class DataPointsError(KirjaamoError):
    """A file of data points cannot be used."""

    sentence = N_("{file} holds no data points that can be read: {reason}.")

    def __str__(self) -> str:
        """Return the sentence with the reason in the language in use."""
        from kirjaamo.messages import gettext

        facts = {**self.facts, "reason": gettext(str(self.facts["reason"]))}
        return gettext(self.sentence).format(**facts)


class TooLargeError(KirjaamoError):
    """A file of data points is larger than any that is known."""

    sentence = N_(
        "The file of data points has more than {most} rows or bytes. Is it the right file?"
    )


class NoDataPointsError(KirjaamoError):
    """No file of data points was named."""

    sentence = N_(
        "The data of the data points is not named. Give the authority's file with --datapoints, "
        "or name it as “datapoints” in [finance] of kirjaamo.toml."
    )


class SignatureError(KirjaamoError):
    """A signature is not one."""

    sentence = N_(
        "{place}: “{signature}” is no signature of a data point. One looks like "
        "MET(x_met:md1)|x_dim:TIL(x_TI:x4000)."
    )


class OtherVersionError(KirjaamoError):
    """Data points are of another taxonomy than was asked for."""

    sentence = N_(
        "{file} holds the data points of {found}, and {wanted} was asked for. Take the data of "
        "the version that is filed. Nothing was written."
    )


class TwoValuesError(KirjaamoError):
    """One data point would get two values."""

    sentence = N_(
        "The data point {signature} would get two values. Leave one of them out of [finance] in "
        "kirjaamo.toml. Nothing was written."
    )


class NoPlaceError(KirjaamoError):
    """A sum has no place in any table."""

    sentence = N_(
        "{count} sums have no place in any table, {total} in all. Account {account}, service "
        "class {service_class}, sector {sector}: {sum}{more}. “kirjaamo finance check” names "
        "them all; map them to codes that the tables have. Nothing was written."
    )


class NoDimensionError(KirjaamoError):
    """The settings do not say how postings become data points."""

    sentence = N_(
        "The settings do not say which data points the postings become: “{name}” is missing in "
        "[finance] of kirjaamo.toml."
    )
