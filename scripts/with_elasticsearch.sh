#!/usr/bin/env bash
# Starts a throw-away Elasticsearch on free loopback ports, exports TEST_ELASTICSEARCH_URL, runs the
# given command and stops the server again. `--probe` only says whether a node can be started
# without fetching anything; `--fetch` puts the server into the cache; `--serve` runs it in the
# foreground for development; `--nodes 3 COMMAND…` makes a cluster of three.
set -euo pipefail
folder="$(dirname "$0")"
python="${PYTHON:-$("$folder/find_python.sh")}"
case "${1:-}" in
    --probe) exec "$python" "$folder/elasticsearch_node.py" --probe ;;
    --fetch) exec "$python" "$folder/elasticsearch_node.py" fetch ;;
    --serve) exec "$python" "$folder/elasticsearch_node.py" run ;;
    *) exec "$python" "$folder/elasticsearch_node.py" with "$@" ;;
esac
