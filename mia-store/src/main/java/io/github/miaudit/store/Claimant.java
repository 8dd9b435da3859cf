package io.github.miaudit.store;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Who scores. A claim holds until its claimant's process is gone or, where that can't be seen from here, its time is up.
 *
 * @param name process, its start, its machine and a number of its own, separated by {@code /}
 */
record Claimant(String name) {

    private static final Duration TIME = Duration.ofMinutes(10);
    /** A process's number; a damaged store can hold anything in its place. */
    private static final Pattern PROCESS = Pattern.compile("[0-9]{1,18}");

    private static final String THIS_PROCESS = thisProcess();
    /** Of this process; one that left its claims behind, as the disk was full, holds them no more. */
    private static final Set<String> AT_WORK = ConcurrentHashMap.newKeySet();

    /** A claimant of this process, until it {@linkplain #end ends}. */
    static Claimant here() {
        Claimant claimant = new Claimant(THIS_PROCESS + UUID.randomUUID());
        AT_WORK.add(claimant.name);
        return claimant;
    }

    private static String thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        return String.join("/", Long.toString(process.pid()), start(process), machine(), "");
    }

    /** Its claims are over, also those that stay in a file. */
    void end() {
        AT_WORK.remove(name);
    }

    /** When a claim made now runs out, in milliseconds since 1970. */
    static long expiry() {
        return Instant.now().plus(TIME).toEpochMilli();
    }

    /** Whether a claim's time is up, or further away than any claim's is. */
    static boolean isOver(long expires) {
        Instant now = Instant.now();
        return expires < now.toEpochMilli() || expires > now.plus(TIME.multipliedBy(2)).toEpochMilli();
    }

    /** Whether a claim of another is over; one's own is one's own. */
    boolean mayTakeOver(String owner, long expires) {
        if (owner.equals(name) || isOver(expires)) {
            return true;
        }
        if (owner.startsWith(THIS_PROCESS)) {
            return !AT_WORK.contains(owner);
        }
        String[] parts = owner.split("/");
        return parts.length == 4 && parts[2].equals(machine()) && PROCESS.matcher(parts[0]).matches() && !isAlive(parts[0], parts[1]);
    }

    private static boolean isAlive(String pid, String start) {
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
        return process.isPresent() && process.get().isAlive() && start(process.get()).equals(start);
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(instant -> Long.toString(instant.toEpochMilli())).orElse("unknown");
    }

    private static String machine() {
        String name = ManagementFactory.getRuntimeMXBean().getName();
        return name.substring(name.indexOf('@') + 1).replace('/', '_');
    }
}
