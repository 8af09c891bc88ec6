#!/usr/bin/env bash
# Takes the Dockerfile's steps without Docker: production dependencies alone, the files of its last stage, nothing
# writable but the data folder, an account that is not root. Then asks the bot whether it is well, and stops it.
# Needs a build and a bundle (npm run build, npm run bundle).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

place="$(mktemp -d)"
pid=
finish() {
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  chmod -R u+w "$place"
  rm -rf "$place"
}
trap finish EXIT
app="$place/app"
mkdir -p "$app" "$place/data"
cp package.json package-lock.json .npmrc "$app"
(cd "$app" && npm ci --omit=dev --no-audit --loglevel=error && rm package-lock.json .npmrc)
# What the Dockerfile's last stage takes over beside the packages.
parts="$(sed -nE 's|^COPY --from=build /app/(\S+) .*|\1|p' Dockerfile | grep -vx node_modules)"
# shellcheck disable=SC2086
cp -R $parts "$app"
rm -rf "$app/build/test"
for name in typescript mocha esbuild yazl; do
  [ ! -e "$app/node_modules/$name" ] || { echo "$name is no dependency of production."; exit 1; }
done
chmod -R a-w,a+rX "$app"
chmod 755 "$place"

as=()
if [ "$(id -u)" = 0 ]; then
  chown 1000:1000 "$place/data"
  as=(setpriv --reuid=1000 --regid=1000 --clear-groups)
fi
# Takes the place of the shell that calls it: its number is then the program's.
run() {
  exec ${as[@]+"${as[@]}"} env -i -C "$app" PATH="$PATH" HOME=/nonexistent NODE_ENV=production DATA_DIR="$place/data" \
    PORT="$port" BASE_URL="http://127.0.0.1:$port" "$@"
}
well() { (run node build/scripts/healthcheck.js); }
port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
run node --enable-source-maps build/bundle/bot/main/main.js >"$place/log" 2>&1 &
pid=$!
for _ in $(seq 1 120); do
  well && break
  kill -0 "$pid" 2>/dev/null || { cat "$place/log"; echo "It ended at once."; exit 1; }
  sleep 0.5
done
well || { cat "$place/log"; echo "It does not come up."; exit 1; }
[ ! -r "/proc/$pid/stat" ] || awk -v second="$(getconf CLK_TCK)" \
  '{ printf "Ready after %.2f s of processor time, with an empty store.\n", ($14 + $15) / second }' "/proc/$pid/stat"
# The store, a page made of files, and the pretend Teams with its cards.
for path in readyz tab/profiles sandbox/api/state; do
  curl --silent --show-error --fail --output "$place/page" "http://127.0.0.1:$port/$path"
done
kill -TERM "$pid"
for _ in $(seq 1 40); do
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.25
done
! kill -0 "$pid" 2>/dev/null || { echo "It does not stop within ten seconds."; exit 1; }
pid=
! well || { echo "The health check says yes to nothing."; exit 1; }
find "$app" -newer "$place/log" -print -quit | grep . && { echo "Something was written beside the data."; exit 1; }
echo "The image's files run alone, read-only and not as root."
