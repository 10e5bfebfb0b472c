"""A made-up installation of the product's shape: deterministic rows for PostgreSQL and SQLite."""
