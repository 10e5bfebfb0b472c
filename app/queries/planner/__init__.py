"""Reads as one SQL statement: trees of SQLAlchemy Core that answer in JSON, on PostgreSQL and on SQLite.

The package knows no GraphQL. Whoever plans (schema.planned) says which columns, related rows and pages are wanted and
under which names; what comes back from the database is the text that goes out.

    given.py      values that come with the request: parameters, and the asker as parameters
    values.py     a column or an expression as a JSON value
    shapes.py     objects, related rows, lists, choices by a column
    pages.py      pages of a connection by keyset
    statement.py  the tree as one statement of either dialect, its parameters numbered
    rows.py       rows back in Python, for what only Python can work out
"""
