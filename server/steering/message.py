"""The same numbers as a text to be pasted into the committee's chat: nobody's data is in it."""

from server.domain.numbers import day_words, percent_words
from server.pages.heads_words import beside, deadline, sentence
from server.steering.doors import Asked
from server.steering.files import in_charge, lacking_sentence, place
from server.store.steering.heads import Board, Line


def message(asked: Asked, board: Board) -> str:
    total = board.total.heads
    head = f"BHYT {place(asked)}, đến hết ngày {day_words(asked.day)}"
    lines = [f"{head}: {sentence(total, board.gap_days)} (đang đạt {percent_words(total.rate)})."]
    lines += [f"- {_line(line, asked.day, board.gap_days)}" for line in board.lines]
    return "\n".join([*lines, *filter(None, [beside(total)]), lacking_sentence(board.completeness)])


def _line(line: Line, day: str, gap_days: int | None) -> str:
    told = f"{line.area['name']}: {sentence(line.heads, gap_days)}"
    until, who = deadline(line.heads, day), in_charge(line.duties, phones=False)
    more = "; ".join(filter(None, (until, f"phụ trách: {who}" if who else "")))
    return f"{told} ({more})." if more else f"{told}."
