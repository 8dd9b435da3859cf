#!/bin/sh
# Makes report.png: the first screen of the demonstration's report, as Chromium shows it. Run after ./mia demo, from anywhere.
set -eu
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)
report=${1:-$here/../../demo-report/report.html}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "--user-data-dir=$profile" --window-size=1280,505 \
    "--screenshot=$here/report.png" "file://$(CDPATH='' cd -P -- "$(dirname -- "$report")" && pwd)/$(basename -- "$report")"
