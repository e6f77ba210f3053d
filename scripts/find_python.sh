#!/usr/bin/env bash
# Prints the path of a Python that can create the environment: 3.11 or newer, with venv.
set -u

probe='import ensurepip, sys, venv; assert sys.version_info >= (3, 11); print(sys.executable)'
for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 python; do
    [ -n "$name" ] || continue
    if found="$("$name" -c "$probe" 2>/dev/null)" && [ -n "$found" ]; then
        echo "$found"
        exit 0
    fi
done

{
    echo "No suitable Python was found: the portal needs Python 3.11 or newer with the venv module."
    if command -v python3 >/dev/null 2>&1; then
        echo "Found only: $(python3 --version 2>&1) at $(command -v python3)"
        python3 -c 'import ensurepip' 2>/dev/null || echo "It lacks ensurepip (Debian and Ubuntu: install python3-venv)."
    fi
    echo "Name another one with: make run PYTHON=/path/to/python3.11"
} >&2
exit 1
