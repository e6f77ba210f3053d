#!/usr/bin/env bash
# Renew static/vendor/ from npm: GOV.UK Frontend (CSS and JS) and Be Vietnam Pro (two weights, two subsets).
# Needs npm and python3. Nothing of it is needed to run the portal: the results are kept in the repository.
set -euo pipefail
GOVUK=6.6.0
FONT=5.3.0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "govuk-frontend@$GOVUK" "@fontsource/be-vietnam-pro@$FONT"

govuk="$root/static/vendor/govuk-frontend-$GOVUK"
font="$root/static/vendor/be-vietnam-pro-${FONT%%.*}"
mkdir -p "$govuk" "$font"
for file in vietnamese-400 vietnamese-600 latin-400 latin-600; do
  cp "node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-$file-normal.woff2" "$font/"
done
cp node_modules/@fontsource/be-vietnam-pro/LICENSE "$font/LICENSE"
cp "$root/scripts/licences/govuk-frontend.txt" "$govuk/LICENSE"

python3 - "node_modules/govuk-frontend/dist/govuk" "$govuk" <<'PYTHON'
"""Strip what is not ours to use (fonts, crest, source maps) and put the CSS into a layer below the theme."""
import pathlib
import re
import sys

source, target = map(pathlib.Path, sys.argv[1:])
css = (source / "govuk-frontend.min.css").read_text("utf-8")
css = re.sub(r"@font-face\{[^}]*\}", "", css)
css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).replace('@charset "UTF-8";', "").strip()
css = re.sub(r"url\(/assets/[^)]*\)", "none", css)
assert "url(/" not in css, "the sheet still asks for files that are not vendored"
(target / "govuk-frontend.min.css").write_text(f'@charset "UTF-8";@layer govuk{{{css}}}\n', "utf-8")
script = (source / "govuk-frontend.min.js").read_text("utf-8")
script = re.sub(r"//# sourceMappingURL=.*", "", script).strip()
(target / "govuk-frontend.min.js").write_text(script + "\n", "utf-8")
PYTHON
echo "static/vendor: govuk-frontend $GOVUK, be-vietnam-pro $FONT"
