"""What is made from the schemas is up to date, and says what the schemas say."""

from schemas import openapi
from schemas.build import stale
from schemas.kinds import Entity
from schemas.records import PARENT_FIELD, RECORDS


def test_nothing_made_from_the_schemas_is_stale() -> None:
    assert stale() == []


def test_every_record_and_kind_is_a_component() -> None:
    components = openapi.document()["components"]["schemas"]
    assert {schema.__name__ for schema in RECORDS.values()} <= components.keys()
    assert components["Status"]["enum"][0] == "covered"
    assert components["Member"]["required"] == ["household", "full_name"]


def test_every_reference_has_its_component() -> None:
    document = openapi.document()
    components = document["components"]["schemas"]
    assert {ref.removeprefix("#/components/schemas/") for ref in refs(document)} <= set(components)


def test_every_record_but_waiting_has_a_parent() -> None:
    assert set(PARENT_FIELD) == set(RECORDS) == set(Entity) - {Entity.WAITING}


def refs(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*(refs(value) for value in node.values()))
    return set().union(*(refs(item) for item in node)) if isinstance(node, list) else set()
