"""Column types and rules that several tables share, and the base of every table's schema."""

from enum import StrEnum

import pandera.polars as pap
import polars as pl

INSTANT = pl.Datetime("us", "UTC")
STRINGS = pl.List(pl.String)


def values_of(vocabulary: type[StrEnum]) -> list[str]:
    """The values of an enum, in the order of its definition."""
    return [member.value for member in vocabulary]


class Table(pap.DataFrameModel):
    """The schema of a table: its columns exactly, no more and no fewer.

    Rules that bind columns together are ``@pap.dataframe_check`` methods; their first docstring line is what an operator reads.
    """

    class Config:
        """A column that the schema does not know is an error; so is a missing one."""

        strict = True
        coerce = False
