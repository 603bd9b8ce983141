# Keeps one PostgreSQL and one PgBouncer for as long as its standard input stays open.
# The other end of it belongs to the sandbox and is closed by the system however the sandbox ends, so that nothing
# outlives it: this is the one way in which a cluster is stopped, in order or after a SIGKILL.
# A signal to the whole group (Ctrl+C, a hang-up) is left to the sandbox to answer.
trap '' INT HUP TERM
folder=$1 initdb=$2 postgres=$3 pgbouncer=$4

# Made by whom it belongs to, so that it can be removed whenever the sandbox is killed. Where only the sandbox may make it, it does.
mkdir -m 700 "$folder" 2>/dev/null
echo

# The first line says that the folder is complete. Without one the sandbox has ended before, and there is only the folder to remove.
if read -r _; then
  cd "$folder" || exit 1
  exec >>keeper.log 2>&1

  if "$initdb" --pgdata=data --username=postgres --pwfile=superuser --auth=scram-sha-256 --encoding=UTF8 --no-locale --no-sync </dev/null; then
    "$postgres" -D "$folder/data" -c config_file="$folder/postgresql.conf" </dev/null &
    server=$!

    # PgBouncer 1.18 was seen to die of a protection fault, and to hang, while it dropped a database that had a client. Like the service
    # that this plays, it is there again at once (one that hangs is killed by the sandbox); one that was told to end has ended.
    touch serving
    (
      while [ -e serving ]; do
        "$pgbouncer" "$folder/pgbouncer.ini" </dev/null &
        echo "$!" >pooler
        wait "$!"
        [ "$?" -gt 128 ] || break
      done
    ) &
    pooling=$!
  else
    echo 'initdb failed' >failed
  fi

  while read -r _; do :; done

  # In a loop: a process that has only just been started does not listen to signals yet.
  if [ -n "$server" ]; then
    rm -f serving
    (while :; do kill -KILL "$(cat pooler)"; kill -QUIT "$server"; sleep 0.2; done) 2>/dev/null &
    killer=$!
    wait "$pooling" "$server"
    kill -KILL "$killer"
  fi
fi
cd /
rm -rf "$folder"
