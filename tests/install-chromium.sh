#!/bin/sh
# Installs Debian's chromium and a Chinese font for the browser tests, with or without sudo.
set -u
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
if command -v apt-get >/dev/null; then
  $as_root apt-get update -qq &&
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
fi
command -v chromium >/dev/null || {
  echo "chromium is missing and could not be installed: install it, or set WORKBENCH_NO_BROWSER=1 to leave the browser tests out." >&2
  exit 1
}
