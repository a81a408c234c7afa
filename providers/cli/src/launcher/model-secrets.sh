#!/bin/sh
# model-secrets: needs a JDK 17 or later. A jar follows these lines; its own README says what the variables are for.
java=java
[ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ] && java=$JAVA_HOME/bin/java
if ! command -v "$java" >/dev/null; then
    echo "model-secrets: there is no java: set JAVA_HOME, or put the one of a JDK 17 or later on the PATH" >&2
    exit 4
fi
flags="-Xshare:auto -XX:-UsePerfData -XX:-CreateCoredumpOnCrash -XX:+DisableAttachMechanism"
terminals=
[ -t 0 ] && terminals=0
[ -t 1 ] && terminals=${terminals}1
[ -t 2 ] && terminals=${terminals}2
if [ "$1" = run ]; then
    # The JVM takes SIGUSR2 for itself otherwise, and the program could not be sent it.
    [ -n "$_JAVA_SR_SIGNUM" ] || { _JAVA_SR_SIGNUM=50 && export _JAVA_SR_SIGNUM; }
    # It stays as long as the program, so it is to be small: 60 MB in place of several hundred.
    flags="$flags -XX:+UseSerialGC -Xmn8m"
else
    flags="$flags -XX:TieredStopAtLevel=1"
fi
set -- "-Dmodelsecrets.terminals=$terminals" -cp "$0" dev.modelsecrets.cli.Main "$@"
cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
if [ -n "$cache" ] && [ "$MODEL_SECRETS_ARCHIVE" != off ]; then
    archive=$cache/model-secrets/classes.jsa
    if [ "$archive" -nt "$0" ]; then
        set -- -Xlog:disable "-XX:SharedArchiveFile=$archive" "-Dmodelsecrets.archive=$archive" "$@"
    elif [ $$ != 1 ]; then
        # Made by a run that sees no variable and no secret, beside the first real one.
        (
            trap '' INT HUP
            umask 077
            mkdir -p "$cache/model-secrets" && mkdir "$archive.lock" || exit
            trap 'rm -rf "$archive.lock"' EXIT
            env -i PATH="$PATH" "$java" $flags -XX:ArchiveClassesAtExit="$archive.lock/new" \
                "-Dmodelsecrets.archive=$archive" -cp "$0" dev.modelsecrets.cli.Main warm-up &&
                mv "$archive.lock/new" "$archive"
        ) </dev/null >/dev/null 2>&1 &
    fi
fi
exec "$java" $flags $MODEL_SECRETS_JAVA_OPTIONS "$@"
