"""What people call each count of the population."""

from typing import Any

from flask_babel import lazy_gettext as _l

from server.domain.steering.recount import Count

COUNT: dict[Count, Any] = {
    Count.OFFICIAL: _l("Dân số giao"),
    Count.POLICE: _l("Công an quản lý"),
    Count.REGISTERED: _l("Thường trú, tạm trú"),
    Count.PRESENT: _l("Thực tế ở nhà"),
    Count.AGREED: _l("Đã thống nhất"),
}
