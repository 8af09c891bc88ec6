#!/usr/bin/env bash
# Starts MongoDB as a replica set of one, with sign-in. Members of a set know each other by a key: it is made once and
# stays in its volume. The image's own entry point makes the first account from the environment.
set -euo pipefail

key=/data/configdb/key
if [ ! -s "$key" ]; then
  head -c 512 /dev/urandom | base64 --wrap=0 >"$key.new"
  mv "$key.new" "$key"
fi
chown mongodb:mongodb "$key"
chmod 400 "$key"
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile "$key" --bind_ip_all
