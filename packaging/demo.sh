#!/bin/sh
# The main job on the shipped samples: check what States sent, and compile what can be counted.
# COSP names the program. Ends with 0 although some samples have faults: that is shown, not failed.
set -eu
cd "$(dirname "$0")/.."
: "${COSP:?name the program in COSP}"
output=build/demo

say() { printf '\n== %s\n' "$*"; }

say "1. A faultless submission: exit code 0"
"$COSP" validate samples/QMA.json

say "2. All samples, some with faults: every finding, located, and exit code 1 or 3"
status=0
"$COSP" validate samples --format text --output build/demo-findings.txt || status=$?
tail -n 12 build/demo-findings.txt
echo "(exit code $status; the whole report is in build/demo-findings.txt)"
test "$status" -eq 1 || test "$status" -eq 3

say "3. The same checks, in Arabic"
"$COSP" validate samples/QMA.json --lang ar

say "4. The documents of the cycle, public and for the secretariat, in each language of the form"
"$COSP" compile samples --output "$output" | tail -n 40

say "5. From a published figure to the answers behind it"
"$COSP" explain status-by-article/art07/yes --from "$output/public"

say "Done. Open these:"
for file in "$output"/public/*.html "$output"/public/*.xlsx; do echo "  $file"; done
