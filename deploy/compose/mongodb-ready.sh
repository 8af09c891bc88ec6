#!/usr/bin/env bash
# The health check of the database: ends with 0 once the replica set can be written to, and makes the set the first time.
set -euo pipefail

mongosh --quiet --username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD" \
  --authenticationDatabase admin --eval '
  try {
    rs.status();
  } catch (error) {
    if (error.codeName !== "NotYetInitialized") throw error;
    rs.initiate({ _id: "rs0", members: [{ _id: 0, host: "mongodb:27017" }] });
  }
  if (!db.hello().isWritablePrimary) quit(1);
'
