"""The limit: what hand-written SQL behind a bare ASGI endpoint costs for the same answers. The SQL lies beside this."""
