#!/usr/bin/env bash
#
# The project's own Karaf, started from what was built, out of the way of any other.
#
#   demo.sh demo      deploys the knowledge plugin, runs knowledge_processing over the folder CONTENT, stops Karaf;
#                     exit code 0 only if the run completed
#   demo.sh console   the same Karaf with its console in this terminal
#
# Everything it makes lies in distribution/target/demo and stays there until the distribution is rebuilt or
# "make clean": runs, reports and logs of the last demo can be looked at in the console.
#
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
plugin=$project/orchestrator.examples.knowledge
workflow=knowledge_processing
demo=$project/distribution/target/demo
home=$demo/orchestrator
output=$demo/output
karaf_pid=

say() { printf '\n\033[1m%s\033[0m\n' "$*" | plain; }
die() { printf '%s\n' "$*" >&2; exit 2; }
# Colours are for terminals.
plain() { if [ -t 1 ]; then cat; else sed $'s/\033\\[[0-9;]*[a-zA-Z]//g'; fi; }
now() { date +%s; }

content_folder() {
    local folder=${CONTENT:-$plugin/content}
    case $folder in /*) ;; *) folder=$project/$folder ;; esac
    [ -d "$folder" ] || die "Expected CONTENT to be a folder of documents, but found no folder at $folder"
    [ -r "$folder" ] && [ -x "$folder" ] || die "Expected CONTENT to be a folder that can be read, but $folder cannot"
    case $folder in *\'*|*$'\n'*) die "Expected the path of CONTENT to be without quotes and line breaks, but found $folder" ;; esac
    (cd "$folder" && pwd)
}

running_pid() {
    local pid
    pid=$(cat "$home/karaf.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && ps -o args= -p "$pid" 2>/dev/null | grep -qF "karaf.home=$home" && echo "$pid"
}

# The archive is unpacked again only when it is newer; settings, runs and the store then start afresh.
unpack() {
    local archive pid
    "${MAKE:-make}" --no-print-directory -C "$project" dist
    archive=$(ls "$project"/distribution/target/distribution-*.tar.gz)
    if pid=$(running_pid); then
        die "Expected no Karaf to run in $home, but process $pid does: leave its console or stop it with kill $pid"
    fi
    [ "$home/.unpacked" -nt "$archive" ] && return
    rm -rf "$home" "$home.new"
    mkdir -p "$home.new"
    tar xzf "$archive" -C "$home.new" --strip-components=1
    touch "$home.new/.unpacked"
    mv "$home.new" "$home"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port of its own at each start, so that other Karafs and other demos do not meet it.
choose_port() {
    local cfg=$home/etc/org.apache.karaf.shell.cfg tries
    for tries in {1..50}; do
        port=$((20000 + RANDOM % 20000))
        answers "$port" && continue
        sed "s/^sshPort *=.*/sshPort = $port/" "$cfg" > "$cfg.new" && mv "$cfg.new" "$cfg"
        return
    done
    die "Expected a free port between 20000 and 40000, but found none in $tries tries"
}

# A console command, from outside. Fails when the command does.
command_in_karaf() { printf '%s\n' "$1" | "$home/bin/client" -b 2>> "$demo/client.log" | plain; }

# Waits until a command succeeds: await SECONDS WHAT-FOR COMMAND…
await() {
    local end=$(($(now) + $1)) what=$2
    shift 2
    until "$@" > "$demo/await.log" 2>&1; do
        kill -0 "$karaf_pid" 2>/dev/null || die "Expected Karaf to run, but it ended: see $home/data/log/karaf.log and $demo/karaf.out"
        if [ "$(now)" -ge "$end" ]; then
            cat "$demo/await.log" >&2
            die "Expected $what, but it did not come: see $home/data/log/karaf.log"
        fi
        sleep 0.2
    done
}

start() {
    choose_port
    : > "$demo/client.log"
    "$home/bin/karaf" daemon > "$demo/karaf.out" 2>&1 < /dev/null &
    karaf_pid=$!
    await 120 "Karaf to listen on port $port within two minutes" answers "$port"
    await 120 "workflow:list to answer within two minutes" command_in_karaf workflow:list
}

# Only the process that start() started; a second signal only if it does not end by itself.
stop() {
    [ -n "$karaf_pid" ] || return 0
    local pid=$karaf_pid end=$(($(now) + 30))
    karaf_pid=
    kill "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do
        if [ "$(now)" -ge "$end" ]; then kill -KILL "$pid" 2>/dev/null || true; fi
        sleep 0.1
    done
    wait "$pid" 2>/dev/null || true
}

# The folder is watched: a file must appear in it whole, and must not change if it is the same.
deploy() {
    local file=$home/deploy/$(basename "$1")
    cmp -s "$1" "$file" && return
    cp "$1" "$demo/deploying"
    mv "$demo/deploying" "$file"
    echo "  $(basename "$1")"
}

demo() {
    local content jar status=0 began
    content=$(content_folder)
    unpack
    began=$(now)
    say "Starting Karaf in ${home#"$project"/}"
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    start
    echo "  ready after $(($(now) - began)) s"

    say "Dropping the plugin and its workflow file into deploy/"
    jar=$(ls "$plugin"/target/orchestrator.examples.knowledge-*.jar | grep -v -e '-sources' -e '-javadoc' -e '-tests')
    deploy "$jar"
    deploy "$plugin/src/main/workflow/$workflow.workflow.yaml"
    await 60 "the workflow $workflow to appear within a minute" command_in_karaf "workflow:show $workflow"

    say "Running $workflow over $content"
    rm -rf "$output"
    mkdir -p "$output"
    command_in_karaf "workflow:run $workflow 'content_path=$content' 'output_path=$output' --wait" || status=$?

    if [ "$status" -eq 0 ]; then say "What came out"; else say "The run did not complete"; tail -n 5 "$demo/client.log" >&2; fi
    [ ! -f "$output/notifications.log" ] || tail -n 1 "$output/notifications.log" | cut -f 3 | sed 's/^/  /; s/: [^ ]*$//'
    (cd "$output" && find . -maxdepth 1 -mindepth 1 | sort | while read -r name; do
        printf '  %8s  %s\n' "$(du -sh "$name" | cut -f1)" "$output/${name#./}"
    done)
    say "Where to look further"
    [ ! -f "$output/report.html" ] || echo "  file://$output/report.html   in a browser: documents, scores, findings, learning order"
    [ ! -f "$output/report.json" ] || echo "  $output/report.json   the same for programs"
    echo "  make run   the console of this Karaf: run:list, run:status RUN, run:history RUN, run:logs RUN, workflow:show $workflow"
    echo "  $home/data/log/karaf.log"

    stop
    say "Karaf stopped, $(($(now) - began)) s in all"
    return "$status"
}

console() {
    unpack
    choose_port
    exec "$home/bin/karaf"
}

mkdir -p "$demo"
case ${1:-} in
    demo | console) "$1" ;;
    *) die "Expected demo or console, but found ${1:-nothing}" ;;
esac
