"""`servanda sql`: a question to the published file, which no question can change."""

from collections.abc import Iterable
from itertools import count

import duckdb

from pipelines.published_books import about
from pipelines.state import State
from pipelines.terminal import SAMPLE, CommandError, Format, messages, output, print_rows, table_of


def show_sql(state: State, query: str, form: Format) -> None:
    """Print what a query finds. Raises ``CommandError`` for a query that DuckDB refuses."""
    with state.published.open() as session:
        sample = about(session).sample
        try:
            if not session.connection.extract_statements(query):
                raise CommandError('the query is empty; `servanda sql "SHOW TABLES"` lists the tables')
            result = session.connection.execute(query)
            columns = told_apart([str(column[0]) for column in result.description or ()])
            rows = result.fetchall()
        except duckdb.Error as error:
            raise CommandError(
                f'the query cannot be answered: {str(error).strip()}\n`servanda sql "SHOW TABLES"` lists the tables; '
                "the published file is read-only"
            ) from error
    if form is Format.TABLE:
        output().print(table_of(columns, rows))
    else:
        print_rows(columns, rows, form)
    if sample:
        messages().print(SAMPLE)


def told_apart(columns: Iterable[str]) -> list[str]:
    """Names of columns with a number behind each that came before, since JSON keeps one value a name."""
    names: list[str] = []
    for column in columns:
        others = (f"{column}_{number}" for number in count(2))
        names.append(column if column not in names else next(name for name in others if name not in names))
    return names
