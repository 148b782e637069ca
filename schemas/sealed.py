"""A file of changes on its way by another road: sealed by a phone so that only the server opens it,
carried by another phone or to the desk.

The file: `MAGIC`, the header's length in two bytes (big-endian), the header (`SealedHeader` as
JSON), then what HPKE (RFC 9180, base mode, `SUITE`) sealed, everything before it as `info`. Inside:
32 bytes of HMAC-SHA256 over `info` and what follows, keyed with the SHA-256 of the phone's token;
then `SealedBody` as JSON, gzipped where the header says so.
"""

from marshmallow import fields, validate

from schemas.sync import Change, ChangeResult, Wire

MAGIC = b"BPX1"
SUITE = "DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM"
MAC_BYTES = 32
HEADER_LIMIT = 2048
PACKINGS = ("gzip", "none")


class SealedHeader(Wire):
    """Readable by whoever holds the file, so it says nothing about anybody."""

    database = fields.String(required=True, validate=validate.Length(max=36))
    key = fields.String(required=True, validate=validate.Length(max=16))
    device = fields.String(required=True, validate=validate.Length(max=36))
    count = fields.Integer(required=True)
    made_at = fields.String(required=True, validate=validate.Length(max=40))
    packing = fields.String(required=True, validate=validate.OneOf(PACKINGS))


class SealedPhone(Wire):
    app = fields.String(load_default="")
    unsent = fields.Integer(load_default=0)


class SealedBody(Wire):
    user = fields.String(required=True, validate=validate.Length(max=36))
    device = fields.String(required=True, validate=validate.Length(max=36))
    phone = fields.Nested(SealedPhone, load_default=lambda: SealedPhone().load({}))
    changes = fields.List(fields.Nested(Change), required=True)


class SealedAnswer(Wire):
    """What became of a file. `known` were here already; of the others `applied` are in the records,
    `waiting` have something that waits for review, `malformed` could not be read."""

    device = fields.String(required=True)
    device_name = fields.String(required=True, allow_none=True)
    made_at = fields.String(required=True)
    proven = fields.Boolean(
        required=True,
        metadata={"description": "false: it could not be shown who wrote it, all of it waits"},
    )
    count = fields.Integer(required=True)
    known = fields.Integer(required=True)
    applied = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    malformed = fields.Integer(required=True)
    results = fields.List(fields.Nested(ChangeResult), required=True)
