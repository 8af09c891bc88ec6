#!/usr/bin/env bash
# Writes the whole database, as it was at one moment, to the standard output. docs/deploy.md has the command, under "Backups".
set -euo pipefail

exec mongodump --username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD" \
  --authenticationDatabase admin --oplog --gzip --archive
