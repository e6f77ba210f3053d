#!/usr/bin/env bash
# All checks that need no running service; every one is run, the exit status tells of any failure.
set -u
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
bin="$(dirname "$python")"
failed=()
mkdir -p var

check() {
    local title="$1"
    shift
    echo "── $title"
    "$@" || failed+=("$title")
}

check "ruff" "$python" -m ruff check --quiet .
check "formatting" "$python" -m ruff format --quiet --check .
check "types" "$python" -m mypy .
check "import contracts" "$bin/lint-imports"
check "system checks" env DJANGO_SETTINGS_MODULE=cms.settings.test "$python" manage.py check --fail-level WARNING
check "migrations" env DJANGO_SETTINGS_MODULE=cms.settings.test "$python" manage.py makemigrations --check --dry-run

if [ "${#failed[@]}" -gt 0 ]; then
    echo "FAILED: ${failed[*]}" >&2
    exit 1
fi
echo "All checks passed"
