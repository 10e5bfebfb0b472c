"""Takes away, one by one, what enforces a clause, and sees whether a test that names the clause turns red.

`python -m tests.support.removals` (or `make removals`). A removal after which every such test stays green is a hole:
the clause is said to be shown and is not. Nothing is changed on disk: each removal is made in the memory of a forked
process of its own, which then runs the tests that name the clause, on SQLite, until one fails.
"""
