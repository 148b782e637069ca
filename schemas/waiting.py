"""What waits for review: a record of its village's feed like any other, made by the server only."""

from marshmallow import EXCLUDE, Schema, fields

from schemas.sync import Reason


class WaitingField(Schema):
    """`was`: what the author saw. `set`: what came in. The record itself says what it holds now."""

    class Meta:
        unknown = EXCLUDE

    was = fields.Raw(allow_none=True)
    set = fields.Raw(allow_none=True)


class Waiting(Schema):
    class Meta:
        unknown = EXCLUDE

    change = fields.String(required=True)
    entity = fields.String(required=True)
    record = fields.String(required=True)
    household = fields.String(allow_none=True)
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(WaitingField),
        data_key="fields",
        attribute="fields",
    )
    reasons = fields.List(fields.Nested(Reason))
    by = fields.String(allow_none=True)
    device = fields.String(allow_none=True)
    at = fields.String(allow_none=True)
    state = fields.String(required=True)
    note = fields.String(allow_none=True)
    notes = fields.Dict(keys=fields.String(), values=fields.String(), allow_none=True)
    decided_by = fields.String(allow_none=True, metadata={"description": "the user who decided"})
    decided_at = fields.String(allow_none=True)
    answer = fields.String(
        allow_none=True, metadata={"description": "the change that answered what was returned"}
    )
    answered_at = fields.String(allow_none=True)
