"""GraphQL over HTTP as any client would speak it: POST, JSON, a bearer token."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import httpx

ACCEPTS = "application/graphql-response+json, application/json;q=0.9"


class ClientError(RuntimeError):
    """The server answered with something that is no answer to the question."""


class Client:
    """Asks several servers of one installation in turn; one is enough."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = cycle([f"{url}/graphql" for url in urls])
        self._http = httpx.Client(timeout=30, trust_env=False, headers={"accept": ACCEPTS, "accept-language": "zh"})

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    def ask(self, document: str, variables: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """The `data` of the answer. Raises ClientError on GraphQL errors; a refusal is data and no error."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        response = self._http.post(next(self._urls), json={"query": document, "variables": variables}, headers=headers)
        try:
            answer = response.json()
        except ValueError as error:
            raise ClientError(f"{response.status_code}: {response.text[:500]}") from error
        if answer.get("errors") or answer.get("data") is None:
            raise ClientError(f"{response.status_code}: {answer.get('errors')} for {document} with {variables}")
        data: dict[str, Any] = answer["data"]
        return data
