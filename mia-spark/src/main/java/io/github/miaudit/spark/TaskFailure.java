package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;

/**
 * What goes wrong in a task, in words that Spark may write to its logs and event logs: messages of MIAudit's, which quote no sentence, and
 * of anything else its kind alone. Readers of files, for one, quote a line that they can't read.
 */
final class TaskFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TaskFailure(String message) {
        super(message);
    }

    /**
     * What may be told of a failure: where it was thrown, but no cause.
     *
     * @param where such as "bucket 3"
     */
    static TaskFailure of(String where, Throwable failure) {
        if (failure instanceof TaskFailure told) {
            return told;
        }
        TaskFailure told = new TaskFailure(where + ": " + (failure instanceof AuditException ? failure.getMessage()
                : "failed by " + kind(failure)
                        + ", whose message is left out, for it might quote a sentence; where it was thrown is told here"));
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    /** Of an error of Spark's its name in Spark's list of errors, which quotes nothing. */
    private static String kind(Throwable failure) {
        return failure instanceof SparkThrowable known && known.getCondition() != null
                ? "Spark's error " + known.getCondition()
                : failure.getClass().getName();
    }

    /** Of what the driver was at; where it was thrown, but no cause. */
    static AuditException ofDriver(String where, Throwable failure) {
        TaskFailure told = of(where, failure);
        AuditException made = new AuditException(String.valueOf(told.getMessage()));
        made.setStackTrace(told.getStackTrace());
        return made;
    }

    /** Whether it ends the process and says nothing of data, so that Spark should see it as it is. */
    static boolean isOfTheProcess(Throwable failure) {
        return failure instanceof VirtualMachineError || failure instanceof LinkageError;
    }

    /** As the driver tells it: the message of the task's that ended the job, without the classes and traces around it. */
    static AuditException ofJob(String job, Throwable failure) {
        return ofJob(job, "what was finished is kept, and the same call goes on from there", failure);
    }

    /**
     * Likewise.
     *
     * @param remedy what is to be done
     */
    static AuditException ofJob(String job, String remedy, Throwable failure) {
        String name = TaskFailure.class.getName() + ": ";
        Optional<String> told = Optional.ofNullable(failure.getMessage()).filter(message -> message.contains(name))
                .map(message -> message.substring(message.indexOf(name) + name.length()).lines().findFirst().orElse(""));
        return new AuditException(job + ": " + told.orElseGet(() -> failure instanceof SparkException
                ? "Spark gave the job up; its log says why"
                : "failed by " + failure.getClass().getSimpleName()) + "; " + remedy, failure);
    }
}
