#!/usr/bin/env bash
# All checks, then the whole suite on SQLite and beside it tests/integration on PostgreSQL; each is
# run even when another failed. What cannot run is said loudly; with CI=true that is a failure.
set -u
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
status=0

loud() {
    printf '\n\033[1;33m!!!! SKIPPED: %s\033[0m\n\n' "$*" >&2
    if [ "${CI:-}" = "true" ]; then
        echo "CI=true allows no missing service" >&2
        return 1
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

# The tests of the search engine find a node, or are skipped; a narrow run may do without.
if [ -z "${TEST_ELASTICSEARCH_URL:-}" ] && { [ "$#" -eq 0 ] || [[ "$*" == *search* ]]; }; then
    if scripts/with_elasticsearch.sh --probe; then
        exec scripts/with_elasticsearch.sh scripts/test.sh "$@"
    fi
    loud "Elasticsearch: set TEST_ELASTICSEARCH_URL or run scripts/with_elasticsearch.sh --fetch" || status=1
fi

scripts/check.sh || status=1

# Arguments mean that somebody looks for something in particular: PostgreSQL would only repeat it.
beside=""
if [ "$#" -eq 0 ]; then
    set -m # a process group of its own, so that an interrupted run takes it along
    on_postgres >var/test-postgresql.log 2>&1 &
    beside=$!
    set +m
    trap 'kill -TERM -- "-$beside" 2>/dev/null' EXIT
fi

echo "── tests on SQLite"
"$python" -m pytest "$@" || status=1

if [ -n "$beside" ]; then
    wait "$beside" || status=1
    trap - EXIT
    echo "── tests/integration on PostgreSQL"
    cat var/test-postgresql.log
fi
[ "$status" -eq 0 ] || echo "FAILED: see above" >&2
exit "$status"
