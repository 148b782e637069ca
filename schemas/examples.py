"""What the API document shows by example: no real person is in it, its digests are true."""

from typing import Any

NUMBER = "BP-15646-2026-0007"
ROW = "019aa000-0000-7000-8000-000000000001"
OTHER_ROW = "019aa000-0000-7000-8000-000000000002"

_ROWS: list[dict[str, Any]] = [
    {
        "id": ROW,
        "place": 1,
        "kind": "increase",
        "method": "TM",
        "member": "019aa000-0000-7000-8000-000000000011",
        "household": "019aa000-0000-7000-8000-000000000021",
        "full_name": "Lường Thị Mẫu",
        "birth_date": "2022-05-17",
        "sex": "female",
        "village": "Hưng Long",
        "clinic_code": "38240",
        "total": 0,
        "months": 12,
        "card_from": "2026-12-01",
        "card_to": "2027-11-30",
    },
    {
        "id": OTHER_ROW,
        "place": 2,
        "kind": "increase",
        "method": "ON",
        "member": "019aa000-0000-7000-8000-000000000012",
        "household": "019aa000-0000-7000-8000-000000000022",
        "full_name": "Quàng Văn Thử",
        "birth_date": "1980",
        "sex": "male",
        "village": "Xuân Thắng",
        "clinic_code": "38240",
        "total": 0,
        "months": 12,
        "card_from": "2026-12-01",
        "card_to": "2027-11-30",
    },
]
_TOTALS = {
    "rows": 2,
    "increase": 2,
    "decrease": 0,
    "total": 0,
    "state_support": 0,
    "local_support": 0,
    "other_support": 0,
    "own_share": 0,
}
_DIGEST = "04e32b90425fcb29501bb50e5e3b8f04d167aeea8dc6df8a8fdef0429467921e"

LISTS = {
    "lists": [
        {
            "number": NUMBER,
            "rev": 7,
            "document_number": "12/DS-UBND",
            "commune_code": "15646",
            "commune_name": "Xã Thường Xuân",
            "insurance_group": "TE",
            "support_percent": "100",
            "maker_name": "UBND xã Thường Xuân",
            "maker_code": None,
            "supplements": None,
            "sealed_on": "2026-11-20",
            "sealed_at": "2026-11-20T16:05:00+07:00",
            "signer": "Lê Văn Mẫu",
            "signer_title": "Chủ tịch",
            "row_count": 2,
            "totals": _TOTALS,
            "digest": _DIGEST,
        }
    ],
    "next": 7,
    "more": False,
}
ROWS = {
    "number": NUMBER,
    "rows": _ROWS,
    "count": 2,
    "digest": _DIGEST,
    "next": 2,
    "more": False,
    "row_count": 2,
    "list_digest": _DIGEST,
    "totals": _TOTALS,
}
RECEIPT = {"count": 2, "digest": _DIGEST, "totals": _TOTALS}
RECEIPT_ANSWER = {
    "number": NUMBER,
    "count": 2,
    "digest": _DIGEST,
    "received_at": "2026-11-21T08:00:00+07:00",
}
ANSWERS = {
    "answers": [
        {
            "id": "TX-2026-000123",
            "row": ROW,
            "outcome": "issued",
            "card_number": "TE1383820000001",
            "valid_from": "2026-12-01",
            "valid_to": "2027-11-30",
        },
        {
            "id": "TX-2026-000124",
            "place": 2,
            "outcome": "returned",
            "reason": "id_mismatch",
            "note": "Số định danh là của người khác",
        },
    ]
}
ANSWERS_ANSWER = {
    "number": NUMBER,
    "results": [
        {"id": "TX-2026-000123", "status": "applied", "row": ROW, "code": None},
        {"id": "TX-2026-000124", "status": "applied", "row": OTHER_ROW, "code": None},
    ],
    "open": 0,
    "issued": 1,
    "confirmed": 0,
    "returned": 1,
}
