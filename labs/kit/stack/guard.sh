# Launches one server, and ends it when its owner is gone: after `kill -9` nobody else is left to.
#
# $1 is the signal that ends the server, $2 how many hundredths of a second it has to obey, $3 the
# folder to remove with it, $4 the letters of the limits to lift; the rest is the server's command.
# Standard input is the owner's life: one line says go, a later `keep` leaves the folder, and its
# end says that the owner is gone or has done. Standard output is told the server's pid, and later
# its exit status.

# What is run here and for PostgreSQL's data is found whatever the owner's PATH is.
PATH="$PATH:/usr/bin:/bin"
export PATH

ending=$1
patience=$2
folder=$3
limits=$4
shift 4

if ! read -r go; then
    rm -rf "$folder"
    exit
fi

# The owner may be a sandbox that limits itself; its limits are not for the server.
for letter in $limits; do
    ulimit -S -"$letter" "$(ulimit -H -"$letter")"
done 2>/dev/null

exec 3<&0 </dev/null
"$@" >&2 3<&- &
server=$!

# Only now, because a server inherits what is ignored. PIPE: the report may go to a dead owner.
trap '' HUP INT QUIT TERM PIPE
cd /
echo "$server"

# In a shell of its own, which the owner's end wakes while this one waits for the server.
{
    keep=0
    while read -r word; do keep=1; done

    # Again and again: a server that is still being launched may miss the first.
    tries=0
    while kill -"$ending" "$server" && [ "$tries" -lt "$patience" ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
    # PostgreSQL's children have groups of their own: they are named before their parent goes.
    kill -0 "$server" && kill -KILL "$server" $(pgrep -P "$server")
    exit "$keep"
} <&3 >/dev/null 2>&1 &
watcher=$!
exec 3<&-

wait "$server"
status=$?
echo "$status"
wait "$watcher"
keep=$?

# It crashed, and may have left children; their working directory tells (on Linux).
if [ "$status" -gt 128 ] && [ "$ending" != KILL ]; then
    for link in $(find /proc -maxdepth 2 -name cwd -lname "$folder*"); do
        link=${link#/proc/}
        kill -KILL "${link%/cwd}"
    done
fi 2>/dev/null

[ "$keep" = 1 ] || rm -rf "$folder"
