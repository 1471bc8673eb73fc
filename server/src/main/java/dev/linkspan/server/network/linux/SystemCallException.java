package dev.linkspan.server.network.linux;

/** A call into the kernel that failed: which call, on what, and the kernel's reason (errno(3)). */
public final class SystemCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final int errno;

    SystemCallException(String call, String argument, int errno) {
        this("%s(%s): %s".formatted(call, argument, Libc.describe(errno)), errno);
    }

    private SystemCallException(String description, int errno) {
        super(description);
        this.description = description;
        this.errno = errno;
    }

    /** The call, its argument and the kernel's reason in words. */
    public String description() {
        return description;
    }

    /** The kernel's error number, such as {@link Errno#EPERM}. */
    public int errno() {
        return errno;
    }
}
