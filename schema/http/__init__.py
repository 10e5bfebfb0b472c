"""The transport of the GraphQL schema: HTTP, server-sent events, sockets."""

from schema.http.endpoint import Endpoint

__all__ = ["Endpoint"]
