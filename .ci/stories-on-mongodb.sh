#!/usr/bin/env bash
# The stories that write most, on two servers at once, since one server takes one processor. What the second says is
# shown after the first has ended. Needs what `npm run build` makes.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

second="$(bash .ci/mongodb.sh start second)" || exit 1
said="$(mktemp)"
trap 'rm -f "$said"' EXIT
STORY_MONGODB_URI="$second" npx --no -- mocha build/test/stories/{publishing,publishingTroubles,publishingForeseen}.test.js >"$said" 2>&1 &
other=$!
code=0
STORY_MONGODB_URI="$(bash .ci/mongodb.sh start)" npx --no -- mocha build/test/stories/{profiles,places,claims,leavers,directory}.test.js || code=$?
wait "$other" || code=$?
cat "$said"
exit "$code"
