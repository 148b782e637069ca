"""A client that knows the API from its published document alone: paths, parameters, bodies and
answers are read from /api/openapi.json, and what goes out and comes in is held against it."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import jsonschema_rs

JSON = "application/json"


class ApiClient:
    """Calls operations by their ids, with a key."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url, key
        with urlopen(f"{url}/api/openapi.json") as answer:
            self.document: dict[str, Any] = json.load(answer)

    def call(self, operation: str, body: Any = None, **given: Any) -> tuple[int, Any]:
        """The status and the answer of an operation; the answer is as the document says."""
        path, method, told = self._operation(operation)
        asked = {one["name"]: one["in"] for one in told["parameters"]}
        assert set(given) <= set(asked), f"{operation} takes no such parameters"
        for name, place in asked.items():
            if place == "path":
                path = path.replace(f"{{{name}}}", quote(str(given[name]), safe=""))
        query = {name: value for name, value in given.items() if asked[name] == "query"}
        if body is not None:
            self._holds(told["requestBody"]["content"][JSON]["schema"], body)
        address = f"{self.url}{path}{'?' + urlencode(query) if query else ''}"
        status, answer = self._send(method, address, body)
        said = told["responses"].get(str(status), told["responses"]["default"])
        self._holds(said["content"][JSON]["schema"], answer)
        return status, answer

    def _operation(self, wanted: str) -> tuple[str, str, dict[str, Any]]:
        for path, methods in self.document["paths"].items():
            for method, told in methods.items():
                if told["operationId"] == wanted:
                    assert told["security"] == [{"bhxhKey": []}]
                    return path, method.upper(), told
        raise AssertionError(f"the document knows no {wanted}")

    def _holds(self, schema: dict[str, Any], value: Any) -> None:
        whole = {**schema, "components": self.document["components"]}
        jsonschema_rs.validator_for(whole).validate(value)

    def _send(self, method: str, address: str, body: Any) -> tuple[int, Any]:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": JSON}
        request = Request(address, data, headers, method=method)
        try:
            with urlopen(request) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refused:
            return refused.code, json.load(refused)
