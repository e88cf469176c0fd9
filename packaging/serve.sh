#!/bin/sh
# Serves the sample cycle on this machine, with a fresh token for one invented State.
set -eu
cd "$(dirname "$0")/.."
: "${COSP:?name the program in COSP}"
port="${PORT:-8080}"
store="${STORE:-build/serve/cosp.sqlite}"
state="${STATE:-QMA}"
mkdir -p "$(dirname "$store")"
token=$("$COSP" token create --store "$store" --state "$state")
address="http://127.0.0.1:$port/api/v1/cycles/$(sed -n 's/^id: *//p' samples/cycle.yaml)"
cat <<TEXT
A token for $state (shown once): $token

Try, in another terminal:
  curl -sS -H 'Authorization: Bearer $token' -H 'Content-Type: application/json' --data-binary @samples/$state.json $address/submissions
  curl -sS -H 'Authorization: Bearer $token' -H 'Accept: text/plain' -H 'Accept-Language: ar' $address/submissions/$state/1/findings
  curl -sS $address/status

The store is $store; compile it with
  "$COSP" compile --store "$store" --cycle samples/cycle.yaml --output build/serve/documents

TEXT
exec "$COSP" serve --store "$store" --cycle samples/cycle.yaml --listen "127.0.0.1:$port"
