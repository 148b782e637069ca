"""The files people start from: a heading, example rows, and a sheet that explains."""

from io import BytesIO

import xlsxwriter

from server.pages.sheets import csv_file
from server.roster.layout import Layout


def example_rows(layout: Layout) -> list[list[str]]:
    most = max(len(column.examples) for column in layout.samples)
    return [
        [column.examples[row] if row < len(column.examples) else "" for column in layout.samples]
        for row in range(most)
    ]


def sample_csv(layout: Layout) -> bytes:
    return csv_file([column.label for column in layout.samples], example_rows(layout))


def sample_xlsx(layout: Layout) -> bytes:
    """All cells are text, so that personal ids keep their zeros when people type over them."""
    output = BytesIO()
    with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Mẫu")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(layout.samples):
            sheet.set_column(place, place, column.width, as_text)
            sheet.write_string(0, place, column.label, bold)
        for number, row in enumerate(example_rows(layout), start=1):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text, as_text)
        about = book.add_worksheet("Cách ghi")
        about.set_column(0, 0, 28)
        about.set_column(1, 1, 14)
        about.set_column(2, 2, 70)
        for place, text in enumerate(("Cột", "Bắt buộc", "Cách ghi")):
            about.write_string(0, place, text, bold)
        for number, column in enumerate(layout.samples, start=1):
            about.write_string(number, 0, column.label, wrapped)
            about.write_string(number, 1, "có" if column.needed else "", wrapped)
            about.write_string(number, 2, column.hint, wrapped)
    return output.getvalue()
