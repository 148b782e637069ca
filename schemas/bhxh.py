"""The insurance's own software: sealed lists it pulls, what it received, what it answers."""

from marshmallow import EXCLUDE, Schema, fields, validate

from schemas.card_lists import CardListRow, CardListTotals, SealedCardList
from schemas.kinds import AnswerOutcome, AnswerStatus, ReturnReason

LISTS_LIMIT, ROWS_LIMIT, ANSWERS_LIMIT = 200, 2_000, 500
DIGEST = r"^[0-9a-f]{64}$"


class Message(Schema):
    class Meta:
        unknown = EXCLUDE


def _says(text: str) -> dict[str, str]:
    return {"description": text}


class ListsQuery(Message):
    after = fields.Integer(
        load_default=0,
        validate=validate.Range(min=0, max=2**53),
        metadata=_says("`next` of the answer before; 0 starts from the first list"),
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=LISTS_LIMIT))


class ListsAnswer(Message):
    """Sealed lists of the unit in the order in which they were sealed. Pulled again from `next`,
    nothing is left out and nothing comes twice."""

    lists = fields.List(fields.Nested(SealedCardList), required=True)
    next = fields.Integer(required=True)
    more = fields.Boolean(required=True)


class RowsQuery(Message):
    after = fields.Integer(
        load_default=0,
        validate=validate.Range(min=0, max=2**31),
        metadata=_says("place of the last row received; 0 starts from the first"),
    )
    limit = fields.Integer(load_default=500, validate=validate.Range(min=1, max=ROWS_LIMIT))


class RowsAnswer(Message):
    """One page of a list. `digest` is that of the page's rows, `list_digest` that of all rows of
    the list, both counted as SealedCardList says."""

    number = fields.String(required=True)
    rows = fields.List(fields.Nested(CardListRow), required=True)
    count = fields.Integer(required=True, metadata=_says("rows of this page"))
    digest = fields.String(required=True)
    next = fields.Integer(required=True)
    more = fields.Boolean(required=True)
    row_count = fields.Integer(required=True, metadata=_says("rows of the whole list"))
    list_digest = fields.String(required=True)
    totals = fields.Nested(CardListTotals, required=True)


class ReceiptBody(Message):
    """What was received, counted from the rows themselves and not copied from the head."""

    count = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=2**31))
    digest = fields.String(required=True, validate=validate.Regexp(DIGEST))
    totals = fields.Nested(CardListTotals, allow_none=True, load_default=None)


class ReceiptAnswer(Message):
    number = fields.String(required=True)
    count = fields.Integer(required=True)
    digest = fields.String(required=True)
    received_at = fields.String(required=True, metadata=_says("of the first receipt"))


class AnswerToRow(Message):
    """One answer to one row, named by `row` (its id) or by `place`. `issued` needs the card's
    number and both days, `returned` a reason; `confirmed` is for a decrease."""

    id = fields.String(
        required=True,
        validate=validate.Length(min=1, max=80),
        metadata=_says("the sender's own, the same when the answer is sent again"),
    )
    row = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=36))
    place = fields.Integer(allow_none=True, load_default=None, strict=True)
    outcome = fields.String(
        required=True,
        metadata={"enum": [one.value for one in AnswerOutcome]},
        validate=validate.Length(max=20),
    )
    card_number = fields.String(
        allow_none=True, load_default=None, metadata=_says("15 characters, or the 10 digits")
    )
    valid_from = fields.String(allow_none=True, load_default=None, metadata=_says("YYYY-MM-DD"))
    valid_to = fields.String(allow_none=True, load_default=None, metadata=_says("YYYY-MM-DD"))
    reason = fields.String(
        allow_none=True,
        load_default=None,
        metadata={"enum": [*(one.value for one in ReturnReason), None]},
    )
    note = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=2000))


class AnswersBody(Message):
    answers = fields.List(
        fields.Nested(AnswerToRow),
        required=True,
        validate=validate.Length(min=1, max=ANSWERS_LIMIT),
    )


class AnswerResult(Message):
    id = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf([one.value for one in AnswerStatus])
    )
    row = fields.String(allow_none=True)
    code = fields.String(allow_none=True, metadata=_says("why it is held or refused"))
    message = fields.String(allow_none=True)
    message_en = fields.String(allow_none=True)


class AnswersAnswer(Message):
    """`results` stand in the order of the answers; the counts are of the whole list by now."""

    number = fields.String(required=True)
    results = fields.List(fields.Nested(AnswerResult), required=True)
    open = fields.Integer(required=True, metadata=_says("rows nobody has answered yet"))
    issued = fields.Integer(required=True)
    confirmed = fields.Integer(required=True)
    returned = fields.Integer(required=True)
