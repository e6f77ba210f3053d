#!/usr/bin/env bash
# Starts a throw-away PostgreSQL on a free loopback port, exports TEST_POSTGRES_URL, runs the given
# command and stops the server again. `--probe` only says whether the binaries are there.
set -euo pipefail

find_binaries() {
    local folder
    for folder in "${PG_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        [ -x "$folder/initdb" ] && echo "$folder" && return 0
    done
    folder="$(command -v initdb 2>/dev/null)" && dirname "$folder"
}

bin="$(find_binaries || true)"
if [ "${1:-}" = "--probe" ]; then
    [ -n "$bin" ]
    exit
fi
if [ -z "$bin" ]; then
    echo "PostgreSQL's server programs were not found" >&2
    exit 1
fi

data="$(mktemp -d -t portal-postgres-XXXXXX)"
as_server=()
if [ "$(id -u)" -eq 0 ]; then  # the server refuses to run as root
    owner=nobody
    id postgres >/dev/null 2>&1 && owner=postgres
    chown "$owner" "$data"
    as_server=(runuser -u "$owner" --)
fi
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"

stop() {
    (cd / && "${as_server[@]}" "$bin/pg_ctl" -D "$data/db" -m immediate -w stop) >/dev/null 2>&1 || true
    rm -rf "$data"
}
trap stop EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

server() { (cd / && "${as_server[@]}" "$@"); }
server "$bin/initdb" -D "$data/db" -U portal -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
server "$bin/pg_ctl" -D "$data/db" -w -l "$data/log" -o \
    "-h 127.0.0.1 -p $port -k '$data' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
    start >/dev/null || { cat "$data/log" >&2; exit 1; }
server "$bin/createdb" -h 127.0.0.1 -p "$port" -U portal portal

export TEST_POSTGRES_URL="postgres://portal@127.0.0.1:$port/portal"
echo "PostgreSQL $("$bin/postgres" --version | grep -oE '[0-9]+\.[0-9]+' | head -1) on port $port"
"$@"
