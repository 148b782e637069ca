"""What every paper of a commune's People's Committee begins and ends with (NĐ 30/2020/NĐ-CP)."""

from server.pages.papers.blocks import Head, Signature, place_date


def called(commune: str) -> str:
    """The name inside a sentence: 'xã Thường Xuân'."""
    return commune[:1].lower() + commune[1:]


def head_of(commune: str, symbol: str, number: str | None, day: str) -> Head:
    """The head of a paper of the symbol; dots to write on without a number."""
    place = commune.removeprefix("Xã ").removeprefix("Phường ")
    return Head(
        f"ỦY BAN NHÂN DÂN\n{commune.upper()}",
        f"Số: {number or f'……/{symbol}-UBND'}",
        place_date(place, day),
    )


def signed(recipients: tuple[str, ...], by: str = "") -> Signature:
    """The signature block: for the Committee, or `by` the chair alone."""
    above = (by,) if by else ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return Signature(recipients, above)
