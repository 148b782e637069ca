#!/usr/bin/env bash
# Bring the database up to date and serve.   tools/run.sh WORKERS THREADS
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p instance
if [ -z "${SECRET_KEY:-}" ]; then
  # Made once and kept: a new key at every start would sign everybody out.
  [ -s instance/secret_key ] ||
    (umask 077; .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))' >instance/secret_key)
  SECRET_KEY=$(cat instance/secret_key)
  export SECRET_KEY
fi

.venv/bin/flask --app wsgi db upgrade
.venv/bin/flask --app wsgi seed

cat <<TEXT

  Bao Phủ is at http://$BIND:$PORT/        the desk
                http://$BIND:$PORT/app/    the phone app
  Stop it with Ctrl-C.

TEXT
exec .venv/bin/gunicorn --config tools/gunicorn_conf.py --no-control-socket --worker-class gthread --workers "$1" --threads "$2" \
  --bind "$BIND:$PORT" --log-level warning wsgi:app
