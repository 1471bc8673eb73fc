package dev.linkspan.server.api.own;

import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import java.util.function.Supplier;

/** The operator's call for everything that the store holds, as one file. */
public final class BackupCall {

    private final Supplier<Download> backups;

    /** @param backups begins one of this moment; throws a Refusal where the store cannot be read */
    public BackupCall(Supplier<Download> backups) {
        this.backups = backups;
    }

    Operation.Own<?> operation() {
        return new Operation.Own<>(
                "Backup",
                OwnEndpoint.OPERATOR,
                Operation.Nothing.class,
                new AnswerShape.File("application/gzip"),
                (_, _) -> backups.get());
    }
}
