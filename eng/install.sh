# shellcheck shell=bash
# Installs Debian packages for run.sh and test.sh, which source this file.
#
# A Debian package of a server starts that server, has it started at every boot, and postgresql makes a database cluster.
# Here the programs are wanted and nothing else, so for the length of the installation starts are denied
# (policy-rc.d, /usr/share/doc/init-system-helpers/README.policy-rc.d.gz) and no cluster is made (createcluster.conf(5)).

install_policy=/usr/sbin/policy-rc.d
install_cluster_settings=/etc/postgresql-common/createcluster.d/pool-portal.conf

# Whether packages can be installed by this script.
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# install_packages LOG PACKAGE... : quiet; false, and the reason in LOG, when it did not work.
install_packages() (
  log=$1
  shift
  # In a subshell, whose end of any kind puts everything back.
  trap restore_install EXIT
  trap 'exit 1' INT TERM HUP
  [ ! -e "$install_policy" ] || mv "$install_policy" "$install_policy.before-pool-portal"
  printf '#!/bin/sh\nexit 101\n' >"$install_policy"
  chmod 755 "$install_policy"
  mkdir -p "${install_cluster_settings%/*}"
  echo 'create_main_cluster = false' >"$install_cluster_settings"

  new=()
  for package in "$@"; do
    dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || new+=("$package")
  done
  export DEBIAN_FRONTEND=noninteractive
  {
    apt-get update && apt-get install --yes --no-install-recommends "${new[@]}" || exit 1
    for package in "${new[@]}"; do
      case $package in
        postgresql | pgbouncer | nginx)
          update-rc.d "$package" disable || true
          deb-systemd-helper disable "$package.service" || true
          ;;
      esac
    done
  } >>"$log" 2>&1 </dev/null
)

restore_install() {
  rm -f "$install_policy" "$install_cluster_settings"
  rmdir --ignore-fail-on-non-empty "${install_cluster_settings%/*}" "${install_cluster_settings%/*/*}" 2>/dev/null
  [ ! -e "$install_policy.before-pool-portal" ] || mv "$install_policy.before-pool-portal" "$install_policy"
}

# Prints the folder that holds PostgreSQL's server programs; false when there is none.
postgres_folder() {
  local folder
  for folder in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /opt/homebrew/bin /usr/local/bin /usr/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      echo "$folder"
      return 0
    fi
  done
  folder=$(command -v initdb) && echo "${folder%/*}"
}

# Whether a program is there; PgBouncer and nginx lie where a person's PATH does not always lead.
has_program() { PATH="$PATH:/usr/local/sbin:/usr/sbin:/opt/homebrew/bin" command -v "$1" >/dev/null; }

# What connects in the tests with what people copy. A system's own packages are asked for, for another Python or Ruby has none of their drivers.
client_packages=(libpostgresql-jdbc-java bsh python3-psycopg python3-psycopg2 python3-sqlalchemy python3-django php-cli php-pgsql ruby ruby-pg ruby-activerecord)

# The clients that come from npm, in the one place that says their versions. They lie outside the repository.
node_clients=(pg@8.23.1 postgres@3.4.9)
node_folder=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/pool-portal/node

# Prints the Debian packages of clients that are missing; of programs that come in many packages, only when the program is missing.
missing_clients() {
  has_program java || echo default-jre-headless
  has_program node || echo nodejs
  has_program npm || echo npm
  if command -v dpkg-query >/dev/null; then
    # Of a package that dpkg never heard of it says nothing, or so on the other channel.
    dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "${client_packages[@]}" 2>/dev/null | sed -n 's/^installed //p' \
      | sort - | comm -13 - <(printf '%s\n' "${client_packages[@]}" | sort)
  fi
}

# install_node_clients LOG : quiet, and quick when they are there already.
install_node_clients() {
  [ "$(cat "$node_folder/installed" 2>/dev/null)" = "${node_clients[*]}" ] && return 0
  has_program npm || return 1
  mkdir -p "$node_folder" &&
    npm install --prefix "$node_folder" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts "${node_clients[@]}" >>"$1" 2>&1 </dev/null &&
    echo "${node_clients[*]}" >"$node_folder/installed"
}

# Stops with a message unless an SDK of the right version is there.
need_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is missing. https://dotnet.microsoft.com/download says how to install it." >&2
    exit 1
  fi
  if ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "The .NET SDK 10 is missing; found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -s -d' ' -). https://dotnet.microsoft.com/download says how to install it." >&2
    exit 1
  fi
}
