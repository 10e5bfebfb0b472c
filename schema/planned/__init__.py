"""Queries as one statement (DESIGN 4): from a prepared document to the bytes of the answer.

    selection.py   which fields are selected on a type
    variables.py   what of the variables a plan depends on
    builder.py     a noun's declared fields as shapes of app.queries.planner
    paging.py      connections
    filters.py     the filters of the root's lists
    roots.py       the root's fields and the viewer's
    computed.py    what Python works out of an answer
    asides.py      what is fetched once for all rows
    plans.py       what is kept
    around.py      what stands around every answer
    making.py      from shapes to a plan, from the database's answer to ours
    planner.py     the way from a request to its answer
    payloads.py    payloads of mutations, events of subscriptions
    explain.py     a plan for people to read

What has no plan, and every answer with an error in it, is left to the generic resolvers, which are made from the same
declarations.
"""

from schema.planned.planner import Planner

__all__ = ["Planner"]
