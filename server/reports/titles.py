"""What people call each kind of report."""

from flask_babel import lazy_gettext as _l

TITLES = {
    "meeting_sheet": _l("Tờ họp Ban Chỉ đạo"),
    "monthly_commune": _l("Báo cáo tháng của xã"),
    "half_year_commune": _l("Báo cáo sáu tháng của xã"),
    "year_commune": _l("Báo cáo năm của xã"),
    "weekly_bhxh": _l("Báo cáo tuần của BHXH"),
    "monthly_bhxh": _l("Báo cáo tháng của BHXH"),
}
