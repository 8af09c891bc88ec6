#!/usr/bin/env bash
# Puts back what mongodb-dump.sh wrote, from the standard input, in place of what is there. The bot has to be stopped.
set -euo pipefail

exec mongorestore --username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD" \
  --authenticationDatabase admin --oplogReplay --drop --gzip --archive
