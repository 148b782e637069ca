#!/usr/bin/env bash
# Installs what the project needs, and nothing twice: every step leaves the fingerprint of what
# it was made from beside its result.   tools/setup.sh run | test | app
set -euo pipefail
cd "$(dirname "$0")/.."

stop() { printf '%s\n' "$*" >&2; exit 1; }
say() { printf -- '-- %s\n' "$*"; }

# fingerprint PATH...: of the contents, and of the place: a virtual environment cannot be moved.
fingerprint() {
  { pwd; find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum | cut -d' ' -f1
}

# fresh STAMP FINGERPRINT: does the stamp say this very fingerprint?
fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

venv() { # venv NAME FILE...: install these locked files into .venv
  local stamp=.venv/.installed-$1 print arguments=() file
  shift
  print=$(fingerprint "$@")
  fresh "$stamp" "$print" && return
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    stop "Python 3.11 or newer is needed (python3 with venv)."
  say "Python packages: $*"
  [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || python3 -m venv --clear .venv
  for file in "$@"; do arguments+=(-r "$file"); done
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${arguments[@]}"
  echo "$print" >"$stamp"
}

npm_packages() {
  local stamp=pwa/node_modules/.installed print
  print=$(fingerprint pwa/package.json pwa/package-lock.json)
  fresh "$stamp" "$print" && return
  node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null ||
    stop "Node.js 20 or newer is needed (node and npm)."
  say "npm packages"
  (cd pwa && npm ci --no-audit --no-fund --loglevel=error)
  echo "$print" >"$stamp"
}

app() {
  local stamp=pwa/node_modules/.built print
  print=$(fingerprint pwa)
  [ -f pwa/dist/index.html ] && [ -f pwa/dist/desk/desk.css ] && fresh "$stamp" "$print" && return
  say "Building the phone app"
  (cd pwa && npm run --silent build)
  echo "$print" >"$stamp"
}

translations() { # the server reads compiled catalogues
  local stamp=.venv/.translations print
  print=$(fingerprint server/translations/*/LC_MESSAGES/*.po)
  fresh "$stamp" "$print" && [ -f server/translations/en/LC_MESSAGES/messages.mo ] && return
  .venv/bin/pybabel --quiet compile --directory server/translations
  echo "$print" >"$stamp"
}

apt() { # apt PACKAGE: Debian's package, when we may
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  say "System package: $1"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1 ||
    { apt-get update -qq >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null; }
}

postgres() { # without it, tests/support/postgres.py falls back to the pip package
  command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    apt postgresql || say "No PostgreSQL in the system: the tests use the one from pip"
}

pango() { # PDFs are drawn with it; without it the server offers the Word files
  ldconfig -p 2>/dev/null | grep -q libpangoft2 && return
  apt libpangoft2-1.0-0 && apt libharfbuzz-subset0 || say "No Pango in the system: no PDF papers"
}

office() { # opens the forms and papers that the tests compare with their layouts
  command -v soffice >/dev/null && return
  apt libreoffice-calc && apt libreoffice-writer ||
    stop "LibreOffice is needed for the tests: install libreoffice-calc and libreoffice-writer."
}

browser() {
  [ -n "${CHROMIUM:-}" ] && return
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return
  done
  apt chromium || stop "Chromium is needed for the tests: install it, or name its binary in CHROMIUM."
}

case "${1:-}" in
  run) venv run requirements.txt; pango; translations; npm_packages; app ;;
  test) venv run requirements.txt; venv test requirements.txt requirements-dev.txt; pango; translations
        npm_packages; postgres; office; browser ;;
  app) app ;;
  *) stop "tools/setup.sh run | test | app" ;;
esac
