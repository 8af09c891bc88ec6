#!/usr/bin/env bash
# Starts a server that speaks MongoDB's protocol, for tests only, and prints its MONGODB_URI; `stop` ends it.
#
#   export MONGODB_URI="$(.ci/mongodb.sh start)"
#   .ci/mongodb.sh start second   # one more beside it: each takes one processor at most
#   .ci/mongodb.sh stop           # all of them
#
# Needs python3. Everything it installs and writes is in .cache/mongodb. SecantusDB (GPL-2.0) runs as a program of its own
# and is no part of what is shipped.
set -euo pipefail

version=0.7.0b3
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
home="$root/.cache/mongodb"
name="${2:-first}"
case "$name" in *[!a-z]*) echo "mongodb.sh: a server's name is small letters" >&2; exit 2 ;; esac
pid_file="$home/$name.pid"
uri_file="$home/$name.uri"
log="$home/$name.log"

say() { printf '%s\n' "mongodb.sh: $*" >&2; }
fail() { say "$*"; exit 1; }

server_pid() {
  local pid
  [ -f "$pid_file" ] || return 1
  pid="$(cat "$pid_file")"
  [[ "$pid" =~ ^[0-9]+$ ]] || return 1
  # The number may be another program's by now.
  { tr '\0' ' ' <"/proc/$pid/cmdline" || ps -p "$pid" -o args=; } 2>/dev/null | grep -q secantusd || return 1
  printf '%s' "$pid"
}

make_venv() {
  rm -rf "$home/venv"
  python3 -m venv "$home/venv" >&2
}

install_server() {
  [ -x "$home/venv/bin/secantusd-py" ] && [ "$(cat "$home/venv/version" 2>/dev/null)" = "$version" ] && return
  command -v python3 >/dev/null || fail "python3 is missing. Install it, or set MONGODB_URI to a MongoDB of your own."
  if ! make_venv; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
      fail "python3 has no venv module. Install it (Debian and Ubuntu: python3-venv), then try again."
    say "installing python3-venv"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >&2 ||
      fail "python3-venv could not be installed."
    make_venv || fail "python3 -m venv does not work."
  fi
  say "installing SecantusDB $version"
  "$home/venv/bin/python" -m pip install -q --disable-pip-version-check "secantusdb==$version" >&2 ||
    fail "SecantusDB could not be installed. Set MONGODB_URI to a MongoDB of your own instead."
  printf '%s' "$version" >"$home/venv/version"
}

free_port() {
  "$home/venv/bin/python" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

answers() {
  "$home/venv/bin/python" - "$1" 2>/dev/null <<'PY'
import socket, struct, sys
# OP_MSG {ping: 1, $db: "admin"}: a port that is open may still be another program's.
doc = b"\x10ping\x00\x01\x00\x00\x00" + b"\x02$db\x00\x06\x00\x00\x00admin\x00"
doc = struct.pack("<i", len(doc) + 5) + doc + b"\x00"
message = struct.pack("<i", 0) + b"\x00" + doc
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2) as s:
    s.sendall(struct.pack("<iiii", len(message) + 16, 1, 0, 2013) + message)
    sys.exit(0 if b"\x01ok\x00" in s.recv(4096) else 1)
PY
}

start() {
  local pid port
  mkdir -p "$home"
  if pid="$(server_pid)" && [ -f "$uri_file" ]; then
    cat "$uri_file"
    return
  fi
  install_server
  port="$(free_port)"
  # A Ctrl-C meant for the tests must not reach it before they have closed their connections.
  local apart=()
  command -v setsid >/dev/null && apart=(setsid)
  ${apart[@]+"${apart[@]}"} "$home/venv/bin/secantusd-py" --port "$port" --storage-path :memory: >"$log" 2>&1 </dev/null &
  pid=$!
  printf '%s' "$pid" >"$pid_file"
  for _ in $(seq 1 100); do
    kill -0 "$pid" 2>/dev/null || { tail -n 20 "$log" >&2; fail "SecantusDB ended at once; its last words are above."; }
    if answers "$port"; then
      printf 'mongodb://127.0.0.1:%s/socialprofiles\n' "$port" | tee "$uri_file"
      return
    fi
    sleep 0.3
  done
  kill "$pid" 2>/dev/null || true
  tail -n 20 "$log" >&2
  fail "SecantusDB did not answer within 30 seconds."
}

stop() {
  for pid_file in "$home"/*.pid; do
    [ -f "$pid_file" ] && stop_one
  done
  rm -f "$home"/*.pid "$home"/*.uri
}

stop_one() {
  local pid
  if pid="$(server_pid)"; then
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 1 50); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
  fi
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) fail "say start or stop" ;;
esac
