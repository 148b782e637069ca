"""The import sheet of an agency's software as a workbook."""

from collections.abc import Collection, Iterable

from server.domain.forms.head import FormHead, Row
from server.domain.forms.profiles import Profile, import_sheet_of
from server.pages.forms.workbook import forms_workbook
from server.pages.sheets import Notes


def import_workbook(
    profile: Profile, head: FormHead, rows: Iterable[Row], forces: Collection[str] = ()
) -> bytes:
    """The list as the profile's XLSX, and a sheet that names what is left blank as not known.

    Raises ListedByTheirUnit when somebody of the armed forces stands on the list.
    """
    sheet = import_sheet_of(profile, head, rows, forces)
    return forms_workbook(profile.title, [sheet], _notes(profile))


def _notes(profile: Profile) -> Notes:
    lines = [
        (f"Cột {column.position}: {column.header}", column.note)
        for column in profile.columns
        if column.header and (column.confidence == "open" or not (column.value or column.constant))
    ]
    return Notes(f"{profile.title}: cột chưa rõ hoặc để trống", lines)
