#!/usr/bin/env bash
# Makes sure of PostgreSQL, for the tests of the receiver of reports. They start a server of
# their own.
set -euo pipefail

# shellcheck source=.ci/install.sh
. "$(dirname "$0")/install.sh"

# Debian keeps the server's programs out of the path.
if ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; then
  want_server PostgreSQL postgresql initdb
fi
