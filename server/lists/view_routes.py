"""Doors of the saved views: save, rename, delete. A view is opened by its address alone."""

from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from server.http import page
from server.lists.catalogue import list_of
from server.lists.doors import blueprint
from server.lists.views import address_of, delete_view, rename_view, save_view
from server.store.scope import PEOPLE_ROLES


@page(blueprint, "/lists/<key>/views", methods=("POST",), roles=PEOPLE_ROLES)
def add_view(key: str) -> Any:
    view = save_view(list_of(key, current_user.role), request.form)
    if view is None:
        flash(_("Danh sách này đã có quá nhiều mẫu. Xóa bớt mẫu không dùng nữa."), "warn")
        return redirect(f"/lists/{key}")
    flash(_("Đã lưu mẫu '%(name)s'.", name=view.name), "ok")
    return redirect(address_of(view))


@page(blueprint, "/lists/views/<view_id>/rename", methods=("POST",), roles=PEOPLE_ROLES)
def change_view(view_id: str) -> Any:
    view = rename_view(view_id, request.form)
    flash(_("Đã đổi tên mẫu thành '%(name)s'.", name=view.name), "ok")
    return redirect(address_of(view))


@page(blueprint, "/lists/views/<view_id>/delete", methods=("POST",), roles=PEOPLE_ROLES)
def remove_view(view_id: str) -> Any:
    view = delete_view(view_id)
    flash(_("Đã xóa mẫu '%(name)s'.", name=view.name), "ok")
    return redirect(f"/lists/{view.list_key}")
