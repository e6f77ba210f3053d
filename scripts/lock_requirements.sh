#!/usr/bin/env bash
# Pins requirements.in and requirements-dev.in into their .txt files. Called by `make lock`.
set -euo pipefail
cd "$(dirname "$0")/.."

pin() {
    local source="$1" target="${1%.in}.txt"
    local body
    body="$(mktemp)"
    "${PYTHON:-python3}" -m piptools compile --quiet --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
        --output-file "$body" "$source"
    { echo "# Pinned from $source by \`make lock\`; edit that file, not this one."; cat "$body"; } > "$target"
    rm -f "$body"
}

pin requirements.in
pin requirements-dev.in
