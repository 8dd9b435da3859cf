#!/bin/sh
# Audits the demonstration from a copy of an archive or an image as a container would that is run with
#   docker run --read-only --tmpfs /tmp:exec --network none --user 12345:0
# : nobody's user, a home that is read-only, no network, all file systems but /tmp read-only. Arguments: an archive, which takes the Java of
# the path; or an image, and what fills it, as in Dockerfile. Takes two minutes and 1 GB. Where a user may not do that, it says so and
# ends with 0.
set -eu

if ! unshare --mount --net true 2>/dev/null || ! command -v setpriv >/dev/null; then
    echo "read-only: SKIPPED, this user may not unshare networks and mounts, or there is no setpriv; run it as root on Linux" >&2
    exit 0
fi

folder=$(mktemp -d -p /var/tmp) # for /tmp will be another
trap 'chmod -R u+w "$folder" && rm -rf "$folder"' EXIT
chmod 755 "$folder"
mkdir "$folder/opt" "$folder/opt/home"
case $1 in
    *.zip)
        unzip -q "$1" -d "$folder/opt"
        mv "$folder"/opt/mia-* "$folder/opt/mia"
        natives= ;;
    *)
        cp -R -p "$1" "$folder/opt/mia"
        "$2" "$folder/opt/mia" >"$folder/fill.log" || { cat "$folder/fill.log"; exit 1; }
        natives=DJL_CACHE_DIR=$folder/opt/mia/natives ;;
esac

# shellcheck disable=SC2016 # these are of the inner shell
unshare --mount --net --propagation private sh -c '
    set -eu
    mount --bind "$1" "$1"
    mount -o remount,bind,ro "$1"
    mount -t tmpfs -o mode=1777 tmpfs /tmp
    mount -o remount,bind,ro /
    mkdir /tmp/work
    chmod 777 /tmp/work
    cd /tmp/work
    exec setpriv --reuid 12345 --regid 0 --clear-groups --no-new-privs --bounding-set=-all \
        env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 OMP_NUM_THREADS=1 HOME="$1/home" MIA="$1/mia" $2 sh -eu -c "
            fail() { echo \"read-only: \$1\" >&2; exit 1; }
            [ \"\$(id -u):\$(id -g)\" = 12345:0 ] || fail \"this is user \$(id -u):\$(id -g)\"
            ! touch \"\$MIA\"/lib/new 2>/dev/null || fail \"where it was installed can be written to\"
            ! touch \"\$HOME\"/new 2>/dev/null || fail \"the home can be written to\"
            ! touch /var/tmp/new 2>/dev/null || fail \"the root can be written to\"
            [ \"\$(tail -n +3 /proc/net/dev | grep -vc lo:)\" = 0 ] || fail \"there is a network\"
            \"\$MIA\"/bin/mia --version
            \"\$MIA\"/bin/mia doctor
            \"\$MIA\"/bin/mia demo --output report
            [ -s report/audit.json ] && [ -s report/report.html ] || fail \"the report is not there\"
            [ \"\$(ls -A)\" = report ] || fail \"beside the report there is \$(ls -A)\"
        "
' sh "$folder/opt" "$natives"
echo "read-only: the demonstration was audited by user 12345 without a network, from where nothing can be written"
