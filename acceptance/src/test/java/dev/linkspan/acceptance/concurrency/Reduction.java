package dev.linkspan.acceptance.concurrency;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a history that nothing explains smaller, so that people can read it: it ends with the first answer that cannot be
 * explained, and looks that are not needed for the contradiction are left out. What remains is as inexplicable.
 */
final class Reduction<S, O> {

    private final Specification<S, O> specification;

    Reduction(Specification<S, O> specification) {
        this.specification = specification;
    }

    List<Recorded<O>> of(List<Recorded<O>> history) {
        return withoutNeedlessLooks(upToFirstContradiction(history));
    }

    /** What was known at some time is explained if everything is: so the first time at which it is not can be halved down to. */
    private List<Recorded<O>> upToFirstContradiction(List<Recorded<O>> history) {
        List<Long> returns = history.stream()
                .filter(Recorded::isAnswered)
                .map(Recorded::returned)
                .sorted()
                .toList();
        int explained = -1;
        int unexplained = returns.size() - 1;
        while (unexplained - explained > 1) {
            int middle = (explained + unexplained) / 2;
            if (isUnexplained(asKnownAt(history, returns.get(middle)))) {
                unexplained = middle;
            } else {
                explained = middle;
            }
        }
        return asKnownAt(history, returns.get(unexplained));
    }

    /** What was still under way then is left open: it may have had its effect, whatever it answered later. */
    private List<Recorded<O>> asKnownAt(List<Recorded<O>> history, long time) {
        return history.stream()
                .filter(recorded -> recorded.invoked() <= time)
                .filter(recorded -> recorded.returned() <= time || !specification.onlyLooks(recorded.operation()))
                .map(recorded -> recorded.returned() <= time
                        ? recorded
                        : new Recorded<>(recorded.operation(), recorded.invoked(), Recorded.NEVER))
                .toList();
    }

    private List<Recorded<O>> withoutNeedlessLooks(List<Recorded<O>> history) {
        List<Recorded<O>> needed = new ArrayList<>(history);
        for (Recorded<O> recorded : history) {
            if (specification.onlyLooks(recorded.operation())) {
                List<Recorded<O>> fewer = new ArrayList<>(needed);
                fewer.remove(recorded);
                if (isUnexplained(fewer)) {
                    needed = fewer;
                }
            }
        }
        return List.copyOf(needed);
    }

    private boolean isUnexplained(List<Recorded<O>> history) {
        return Linearizability.check(specification, history) instanceof Verdict.Unexplained;
    }
}
