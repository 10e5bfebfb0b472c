"""The commands of `python -m app`; each lies in a module of its own and imports what it needs when it runs."""
