#!/usr/bin/env bash
# All checks, the whole suite on SQLite, then tests/integration on PostgreSQL; each is run even when
# one before it failed. What cannot run is said loudly; with CI=true that is a failure.
set -u
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
status=0

loud() {
    printf '\n\033[1;33m!!!! SKIPPED: %s\033[0m\n\n' "$*" >&2
    if [ "${CI:-}" = "true" ]; then
        echo "CI=true allows no missing service" >&2
        status=1
    fi
}

on_postgres() {
    if [ -n "${TEST_POSTGRES_URL:-}" ]; then
        DATABASE_URL="$TEST_POSTGRES_URL" "$python" -m pytest --create-db -m "not e2e" tests/integration
    elif scripts/with_postgres.sh --probe; then
        scripts/with_postgres.sh bash -c \
            "DATABASE_URL=\"\$TEST_POSTGRES_URL\" '$python' -m pytest --create-db -m 'not e2e' tests/integration"
    else
        loud "PostgreSQL: set TEST_POSTGRES_URL or install its server (Debian: postgresql)"
    fi
}

scripts/check.sh || status=1
echo "── tests on SQLite"
"$python" -m pytest "$@" || status=1

# Arguments mean that somebody looks for something in particular: PostgreSQL would only repeat it.
if [ "$#" -eq 0 ]; then
    echo "── tests/integration on PostgreSQL"
    on_postgres || status=1
fi
[ "$status" -eq 0 ] || echo "FAILED: see above" >&2
exit "$status"
