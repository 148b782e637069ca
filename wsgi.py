"""What gunicorn and flask serve."""

import gc
import sys

from server import create_app
from server.config import SettingsError

APP_CANNOT_LOAD = 4
"""The code at which gunicorn gives up instead of starting the worker again and again."""

try:
    app = create_app()
except SettingsError as error:
    print(error, file=sys.stderr)
    raise SystemExit(APP_CANNOT_LOAD) from None

# What is there now stays until the process ends, and a slice of changes makes some ten thousand
# objects that live until it is written: to look for garbage among them costs a tenth of a push.
gc.collect()
gc.freeze()
gc.set_threshold(50_000)
