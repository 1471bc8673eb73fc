package dev.linkspan.core.rehearsal;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;

/** How many things a rehearsal may still save or delete. */
final class Allowance {

    private final int most;
    private int used;

    Allowance(int most) {
        this.most = most;
    }

    /** Uses up one, and refuses where none is left. */
    void use() {
        used++;
        if (used > most) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE, "What is only planned may make or change %d things at most.", most);
        }
    }
}
