"""What an officer decides through the API: moves, merges, revoked phones."""

from marshmallow import EXCLUDE, Schema, fields

from schemas.sync import ChangeResult


class Message(Schema):
    class Meta:
        unknown = EXCLUDE


class MoveBody(Message):
    village = fields.UUID(required=True)


class MergeBody(Message):
    into = fields.UUID(
        required=True,
        allow_none=True,
        metadata={"description": "the record that stays; null undoes"},
    )


class RevokeBody(Message):
    stolen = fields.Boolean(
        load_default=False,
        metadata={"description": "erase at once, without waiting for what it holds"},
    )


class DecisionAnswer(Message):
    result = fields.Nested(ChangeResult, required=True)
