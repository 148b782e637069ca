"""Coverage of an area on a day, as the API gives it."""

from marshmallow import EXCLUDE, Schema, fields, validate


class Message(Schema):
    class Meta:
        unknown = EXCLUDE


class CoverageQuery(Message):
    area = fields.String(required=True, metadata={"description": "id or code of an area"})
    on = fields.Date(load_default=None, allow_none=True)


class CoverageCounts(Message):
    """People who belong to the count on the day, by status, and the lines that stand apart."""

    people = fields.Integer(required=True)
    covered = fields.Integer(required=True)
    elsewhere = fields.Integer(required=True)
    starting = fields.Integer(required=True)
    unconfirmed = fields.Integer(required=True)
    expired = fields.Integer(required=True)
    none = fields.Integer(required=True)
    not_asked = fields.Integer(required=True)
    uninsured = fields.Integer(required=True, metadata={"description": "expired + none"})
    abroad = fields.Integer(required=True)
    registered = fields.Integer(required=True)
    registered_covered = fields.Integer(required=True)
    present = fields.Integer(required=True)
    present_covered = fields.Integer(required=True)


class CoverageTarget(Message):
    """What was planned. `year` may be earlier than the day's: plans come late, and the last one
    stands, under its own year, until the next does."""

    year = fields.Integer(allow_none=True)
    month = fields.Integer(allow_none=True)
    population = fields.Integer(allow_none=True)
    planned = fields.Integer(allow_none=True)
    goal_percent = fields.String(allow_none=True)
    printed_percent = fields.String(allow_none=True)
    computed_percent = fields.String(allow_none=True)
    differs = fields.Boolean()
    deadline = fields.String(allow_none=True)
    days_left = fields.Integer(allow_none=True)
    heads_missing = fields.Integer(allow_none=True)
    source = fields.String(allow_none=True)


class CoverageFigure(Message):
    """A result published by BHXH: shown beside the survey's counts, never mixed with them."""

    indicator = fields.String(required=True)
    on = fields.String(required=True)
    count = fields.Integer(required=True)
    denominator = fields.Integer(allow_none=True)
    percent = fields.String(allow_none=True)
    source = fields.String(required=True)


class Completeness(Message):
    phones_not_synced = fields.Integer(required=True)
    changes_outstanding = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    not_asked = fields.Integer(required=True)


class CoverageArea(Message):
    id = fields.String(required=True)
    code = fields.String(allow_none=True)
    name = fields.String(required=True)
    level = fields.String(required=True)


class CoverageRow(Message):
    area = fields.Nested(CoverageArea, required=True)
    households = fields.Integer(required=True)
    counts = fields.Nested(CoverageCounts, required=True)
    percent = fields.String(
        allow_none=True,
        metadata={"description": "covered of people counted, two decimals, null for nobody"},
    )
    percent_of_official = fields.String(allow_none=True)
    target = fields.Nested(CoverageTarget, allow_none=True)
    figures = fields.List(fields.Nested(CoverageFigure))


class CoverageAnswer(Message):
    on = fields.String(required=True)
    total = fields.Nested(CoverageRow, required=True)
    rows = fields.List(fields.Nested(CoverageRow), required=True)
    completeness = fields.Nested(Completeness, required=True)


class CoverageSeriesQuery(Message):
    """Without `to` today; without `from` the last twelve months, or thirteen weeks."""

    area = fields.String(required=True, metadata={"description": "id or code of an area"})
    every = fields.String(
        load_default="month",
        validate=validate.OneOf(("month", "week")),
        metadata={"description": "ends of months, or Fridays; the last day stands for itself"},
    )
    from_ = fields.Date(data_key="from", load_default=None, allow_none=True)
    to = fields.Date(load_default=None, allow_none=True)


class CoveragePoint(Message):
    """Counted from what is known today, as GET /api/v1/coverage counts that day."""

    on = fields.String(required=True)
    total = fields.Nested(CoverageRow, required=True)
    rows = fields.List(fields.Nested(CoverageRow), required=True)


class CoveragePace(Message):
    """On the last day of the period: the pace of the four weeks before it, drawn on as a straight
    line. People a week are decimal text."""

    area = fields.Nested(CoverageArea, required=True)
    gained = fields.Integer(
        required=True, metadata={"description": "covered more than four weeks before"}
    )
    weekly = fields.String(required=True)
    weekly_needed = fields.String(
        required=True, allow_none=True, metadata={"description": "until the deadline"}
    )
    covered_then = fields.Integer(
        required=True, allow_none=True, metadata={"description": "at the deadline, at this pace"}
    )
    percent_then = fields.String(
        required=True, allow_none=True, metadata={"description": "of the plan's population"}
    )
    reached_on = fields.String(
        required=True, allow_none=True, metadata={"description": "the target, at this pace"}
    )
    outlook = fields.String(
        required=True,
        validate=validate.OneOf(("unknown", "reached", "not_rising", "in_time", "late")),
    )
    heads_missing = fields.Integer(required=True, allow_none=True)


class CoveragePaces(Message):
    total = fields.Nested(CoveragePace, required=True)
    rows = fields.List(fields.Nested(CoveragePace), required=True)


class CoverageMilestone(Message):
    month = fields.String(required=True)
    heads = fields.Integer(required=True, allow_none=True)
    population = fields.Integer(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)


class CoverageSeriesAnswer(Message):
    points = fields.List(fields.Nested(CoveragePoint), required=True)
    pace = fields.Nested(CoveragePaces, required=True)
    milestones = fields.List(fields.Nested(CoverageMilestone), required=True)
    completeness = fields.Nested(Completeness, required=True)
