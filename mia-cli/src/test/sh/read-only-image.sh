#!/bin/sh
# Audits the demonstration from a copy of an image as a container would that is run with
#   docker run --read-only --tmpfs /tmp:exec --network none --user 12345:0
# : nobody's user, no home, no network, all file systems but /tmp read-only. Arguments: the image, and what fills it, as in Dockerfile.
# Takes two minutes and 1 GB. Where a user may not do that, it says so and ends with 0.
set -eu
image=$1
fill=$2

if ! unshare --mount --net true 2>/dev/null || ! command -v setpriv >/dev/null; then
    echo "read-only-image: SKIPPED, this user may not unshare networks and mounts, or there is no setpriv; run it as root on Linux" >&2
    exit 0
fi

folder=$(mktemp -d -p /var/tmp) # for /tmp will be another
trap 'chmod -R u+w "$folder" && rm -rf "$folder"' EXIT
chmod 755 "$folder"
mkdir "$folder/opt"
cp -R -p "$image" "$folder/opt/mia"
"$fill" "$folder/opt/mia" >"$folder/fill.log" || { cat "$folder/fill.log"; exit 1; }

# shellcheck disable=SC2016 # these are of the inner shell
unshare --mount --net --propagation private sh -c '
    set -eu
    mount --bind "$1" "$1"
    mount -o remount,bind,ro "$1"
    mount -t tmpfs -o mode=1777 tmpfs /tmp
    mount -o remount,bind,ro /
    cd /tmp
    exec setpriv --reuid 12345 --regid 0 --clear-groups --no-new-privs --bounding-set=-all \
        env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 OMP_NUM_THREADS=1 IMAGE="$1" DJL_CACHE_DIR="$1/natives" sh -eu -c "
            fail() { echo \"read-only-image: \$1\" >&2; exit 1; }
            [ \"\$(id -u):\$(id -g)\" = 12345:0 ] || fail \"this is user \$(id -u):\$(id -g)\"
            ! touch \"\$IMAGE\"/lib/new 2>/dev/null || fail \"the image can be written to\"
            ! touch /var/tmp/new 2>/dev/null || fail \"the root can be written to\"
            [ \"\$(tail -n +3 /proc/net/dev | grep -vc lo:)\" = 0 ] || fail \"there is a network\"
            \"\$IMAGE\"/bin/mia --version
            \"\$IMAGE\"/bin/mia doctor
            \"\$IMAGE\"/bin/mia demo --output /tmp/report
            [ -s /tmp/report/audit.json ] && [ -s /tmp/report/report.html ] || fail \"the report is not there\"
            [ ! -e /.cache ] && [ ! -e /.djl.ai ] || fail \"something was written at the root\"
        "
' sh "$folder/opt/mia"
echo "read-only-image: the demonstration was audited by user 12345 without a network, from a read-only image"
