"""The demo commune of 8,060 people in a file, for what is measured on a whole commune."""

from datetime import date
from pathlib import Path

from server.demo.seed import seed
from server.store.db import db, today
from tests.conftest import migrated

PASSWORD = "mật khẩu của bảng đo"


def demo_commune(folder: Path) -> str:
    """Make it; gives the address of the database."""
    url = f"sqlite:///{folder}/commune.db"
    app = migrated(url)
    with app.app_context():
        seed(date.fromisoformat(today()), PASSWORD)
        db.engine.dispose()
    return url
