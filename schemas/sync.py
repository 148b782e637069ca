"""One round trip between phone and server, and signing a device in."""

from enum import StrEnum

from marshmallow import EXCLUDE, Schema, fields, validate

from schemas.kinds import ChangeStatus, DeviceState, Entity, Role

PROTOCOL = 1
REFERENCE_FEED = "reference"
CHANGES_LIMIT = 2000
RECORDS_LIMIT = 2000
DECODED_LIMIT = 4 * 1024 * 1024
JSON_DEPTH = 8


class Wire(Schema):
    """A message: what it does not know it leaves alone, so that old and new can talk."""

    class Meta:
        unknown = EXCLUDE


def _one_of(kind: type[StrEnum]) -> fields.String:
    values = [member.value for member in kind]
    return fields.String(validate=validate.OneOf(values), metadata={"x-kind": kind.__name__})


class VillageRef(Wire):
    id = fields.String(required=True)
    name = fields.String(required=True)
    commune = fields.String(required=True)


class UserRef(Wire):
    id = fields.String(required=True)
    name = fields.String(required=True)
    role = _one_of(Role)


class DeviceRequest(Wire):
    username = fields.String(required=True, validate=validate.Length(min=1, max=100))
    password = fields.String(required=True, validate=validate.Length(min=1, max=200))
    name = fields.String(load_default="", validate=validate.Length(max=100))
    device = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=36))


class DeviceAnswer(Wire):
    device = fields.String(required=True)
    token = fields.String(required=True)
    expires_at = fields.String(required=True)
    user = fields.Nested(UserRef, required=True)
    villages = fields.List(fields.Nested(VillageRef), required=True)
    database = fields.String(required=True)
    epoch = fields.String(required=True)


class Phone(Wire):
    app = fields.String(load_default="")
    unsent = fields.Integer(load_default=0)
    persisted = fields.Boolean(load_default=None, allow_none=True)
    came_back_empty = fields.Boolean(load_default=False)


class Change(Wire):
    """One edit of one record. `was`: for each field of `set`, what the screen showed."""

    id = fields.UUID(required=True)
    entity = _one_of(Entity)
    record = fields.UUID(required=True)
    village = fields.String(allow_none=True)
    by = fields.String(allow_none=True)
    device = fields.String(allow_none=True)
    at = fields.String(allow_none=True)
    was = fields.Dict(keys=fields.String(), allow_none=True)
    set = fields.Dict(keys=fields.String(), required=True)
    answers = fields.String(allow_none=True)
    rescue = fields.Boolean(
        load_default=False,
        metadata={"description": "offered after a restore: waits for review, once per content"},
    )


class SyncRequest(Wire):
    protocol = fields.Integer(required=True)
    database = fields.String(load_default=None, allow_none=True)
    epoch = fields.String(load_default=None, allow_none=True)
    last = fields.String(load_default=None, allow_none=True)
    sent_at = fields.String(load_default=None, allow_none=True)
    phone = fields.Nested(Phone, load_default=lambda: Phone().load({}))
    changes = fields.List(fields.Nested(Change), load_default=list)
    since = fields.Dict(keys=fields.String(), values=fields.Integer(), load_default=dict)
    have = fields.Dict(
        keys=fields.String(), values=fields.List(fields.List(fields.Raw())), load_default=dict
    )
    limit = fields.Integer(load_default=1000)


class Reason(Wire):
    field = fields.String(allow_none=True, required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class ChangeResult(Wire):
    id = fields.String(required=True)
    status = _one_of(ChangeStatus)
    rev = fields.Integer()
    waiting = fields.List(fields.String(), metadata={"description": "fields that wait for review"})
    reasons = fields.List(fields.Nested(Reason))


class FeedRecord(Wire):
    entity = fields.String(required=True)
    id = fields.String(required=True)
    rev = fields.Integer(required=True)
    deleted = fields.Boolean(required=True)
    data = fields.Dict(keys=fields.String(), required=True)


class Feed(Wire):
    """A page of one village's feed, or `{"gone": true}` for a village not served."""

    records = fields.List(fields.Nested(FeedRecord))
    gone = fields.Raw(metadata={"description": "true, or the ids the feed does not have"})
    next = fields.Integer()
    more = fields.Boolean()
    digest = fields.String(allow_none=True)


class DeviceStanding(Wire):
    state = _one_of(DeviceState)


class SyncAnswer(Wire):
    database = fields.String(required=True)
    epoch = fields.String(required=True)
    reoffer = fields.Boolean(required=True)
    server_time = fields.String(required=True)
    backed_up_until = fields.String(required=True, allow_none=True)
    device = fields.Nested(DeviceStanding, required=True)
    villages = fields.List(fields.Nested(VillageRef), required=True)
    results = fields.List(fields.Nested(ChangeResult), required=True)
    feeds = fields.Dict(keys=fields.String(), values=fields.Nested(Feed), required=True)
    records_held = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "how many changes of this device the server holds, by status"},
    )
