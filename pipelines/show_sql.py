"""`servanda sql`: a question to the published file, which no question can change."""

import duckdb

from pipelines.published_books import about
from pipelines.state import State
from pipelines.terminal import SAMPLE, CommandError, Format, messages, output, print_rows, table_of


def show_sql(state: State, query: str, form: Format) -> None:
    """Print what a query finds. Raises ``CommandError`` for a query that DuckDB refuses."""
    with state.published.open() as session:
        sample = about(session).sample
        try:
            result = session.connection.execute(query)
            columns = [str(column[0]) for column in result.description or ()]
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
