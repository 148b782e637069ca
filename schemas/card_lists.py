"""A list of people for cards, as it is sealed and as the insurance pulls it."""

from marshmallow import EXCLUDE, Schema, fields, validate

from schemas.kinds import CardListRowKind


class Message(Schema):
    class Meta:
        unknown = EXCLUDE


def _text(says: str = "") -> fields.String:
    return fields.String(allow_none=True, metadata={"description": says} if says else {})


class CardListRow(Message):
    """One person on a list: the facts that D03-TS, TK1-TS and the import sheet print, as they were
    when the list was sealed. Money is whole đồng for all months; `birth_date` is partial."""

    id = fields.String(required=True)
    place = fields.Integer(
        required=True, metadata={"description": "row number on the list, from 1"}
    )
    kind = fields.String(
        required=True, validate=validate.OneOf([one.value for one in CardListRowKind])
    )
    method = _text("phương án: TM (new), ON (continues)")
    member = fields.String(required=True)
    household = fields.String(required=True)
    enrolment = _text()
    full_name = fields.String(required=True)
    birth_date = _text()
    sex = _text()
    nationality = _text()
    ethnic_group = _text()
    personal_id = _text()
    bhxh_number = _text()
    old_id_number = _text()
    phone = _text()
    village = _text("its name")
    address = _text()
    household_head = _text("full name")
    bhxh_household_code = _text()
    relation = _text("to the head of the household")
    guardian_name = _text("of a child: mother, father or guardian")
    birth_registration = _text()
    living_area = _text("K1, K2 or K3")
    clinic_code = _text()
    clinic_name = _text()
    receipt_on = _text("day of payment")
    receipt_number = _text("with its book")
    pension_base = fields.Integer(allow_none=True)
    total = fields.Integer(allow_none=True)
    state_support = fields.Integer(allow_none=True)
    local_support = fields.Integer(allow_none=True)
    other_support = fields.Integer(allow_none=True)
    own_share = fields.Integer(allow_none=True)
    ladder_place = fields.Integer(allow_none=True)
    months = fields.Integer(allow_none=True)
    card_from = _text()
    card_to = _text()
    collector_code = _text()
    decrease_reason = _text("why the person leaves: deceased, moved_away, other")
    evidence = _text()
    note = _text()


class CardListTotals(Message):
    """Control totals: what both sides count again and compare."""

    rows = fields.Integer(required=True)
    increase = fields.Integer(required=True)
    decrease = fields.Integer(required=True)
    total = fields.Integer(required=True)
    state_support = fields.Integer(required=True)
    local_support = fields.Integer(required=True)
    other_support = fields.Integer(required=True)
    own_share = fields.Integer(required=True)


class SealedCardList(Message):
    """The head of a sealed list. `rev` is its place in the order in which lists were sealed for
    the unit; `digest` is the SHA-256, in hexadecimal, of its rows in order, each as canonical JSON
    (keys sorted, no spaces, UTF-8) followed by a line feed."""

    number = fields.String(required=True)
    rev = fields.Integer(required=True)
    document_number = _text()
    commune_code = _text()
    commune_name = fields.String(required=True)
    insurance_group = fields.String(required=True)
    support_percent = _text()
    maker_name = _text()
    maker_code = _text()
    supplements = _text("number of the list that this one corrects")
    sealed_on = fields.String(required=True)
    sealed_at = fields.String(required=True)
    signer = fields.String(required=True)
    signer_title = _text()
    row_count = fields.Integer(required=True)
    totals = fields.Nested(CardListTotals, required=True)
    digest = fields.String(required=True)
