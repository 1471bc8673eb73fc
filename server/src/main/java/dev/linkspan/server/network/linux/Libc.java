package dev.linkspan.server.network.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * The calls of the C library that the JDK has no other door to. Each throws {@link SystemCallException}, naming the call
 * and its argument, when the kernel refuses.
 */
public final class Libc {

    public static final int AF_INET = 2;
    public static final int AF_NETLINK = 16;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    public static final int O_RDONLY = 0;
    public static final int O_CREAT = 0x40;
    static final int O_CLOEXEC = 0x80000;
    public static final int CLONE_NEWNET = 0x40000000;
    public static final int MS_BIND = 0x1000;
    public static final int MS_PRIVATE = 0x40000;
    public static final int MNT_DETACH = 2;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;

    private static final int NS_GET_NSTYPE = 0xb703;
    private static final int READ_ONLY_FILE = 0444;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = variadic("open", JAVA_INT, 2, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL = variadic("ioctl", JAVA_INT, 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle SETNS = handle("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UNSHARE = handle("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle MOUNT = handle("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT2 = handle("umount2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = handle("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = handle("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = handle("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    /** Opens a file (open(2)); programs that are started do not inherit it. */
    public static Descriptor open(Path path, int flags) {
        return new Descriptor((int) call("open", path, (arena, state) ->
                (int) OPEN.invokeExact(state, text(arena, path), flags | O_CLOEXEC, READ_ONLY_FILE)));
    }

    static void close(int descriptor) {
        call("close", descriptor, (arena, state) -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /** The CLONE_NEW* type of the namespace that a file stands for (ioctl_ns(2)); ENOTTY for any other file. */
    public static int namespaceType(Descriptor file) {
        return (int) call("ioctl NS_GET_NSTYPE", file.number(), (arena, state) ->
                (int) IOCTL.invokeExact(state, file.number(), (long) NS_GET_NSTYPE, MemorySegment.NULL));
    }

    /** Has the kernel carry out a request on a socket, whose argument it reads or writes (ioctl(2)). */
    public static void ioctl(Descriptor socket, int request, MemorySegment argument) {
        call("ioctl", "0x" + Integer.toHexString(request), (arena, state) ->
                (int) IOCTL.invokeExact(state, socket.number(), (long) request, argument));
    }

    /** Moves the calling thread into a namespace (setns(2)). */
    public static void setns(Descriptor namespace, int type) {
        call("setns", namespace.number(), (arena, state) -> (int) SETNS.invokeExact(state, namespace.number(), type));
    }

    /** Moves the calling thread into new namespaces (unshare(2)). */
    public static void unshare(int flags) {
        call("unshare", "0x" + Integer.toHexString(flags), (arena, state) -> (int) UNSHARE.invokeExact(state, flags));
    }

    /** Mounts without options (mount(2)). */
    public static void mount(Path source, Path target, int flags) {
        call("mount", source + ", " + target, (arena, state) -> (int) MOUNT.invokeExact(
                state, text(arena, source), text(arena, target), MemorySegment.NULL, (long) flags, MemorySegment.NULL));
    }

    /** Unmounts what is mounted there (umount2(2)). */
    public static void unmount(Path target, int flags) {
        call("umount2", target, (arena, state) -> (int) UMOUNT2.invokeExact(state, text(arena, target), flags));
    }

    /** Opens a socket (socket(2)); programs that are started do not inherit it. */
    public static Descriptor socket(int family, int type, int protocol) {
        return new Descriptor((int) call("socket", "family " + family + ", protocol " + protocol, (arena, state) ->
                (int) SOCKET.invokeExact(state, family, type | SOCK_CLOEXEC, protocol)));
    }

    /** Gives a socket its address (bind(2)). */
    public static void bind(Descriptor socket, MemorySegment address) {
        call("bind", socket.number(), (arena, state) ->
                (int) BIND.invokeExact(state, socket.number(), address, (int) address.byteSize()));
    }

    /** Gives a socket the address of its peer (connect(2)). */
    public static void connect(Descriptor socket, MemorySegment address) {
        call("connect", socket.number(), (arena, state) ->
                (int) CONNECT.invokeExact(state, socket.number(), address, (int) address.byteSize()));
    }

    /** Sets an option whose value is a number (setsockopt(2)). */
    public static void setSocketOption(Descriptor socket, int level, int option, int value) {
        call("setsockopt", level + ", " + option, (arena, state) -> {
            MemorySegment number = arena.allocateFrom(JAVA_INT, value);
            return (int)
                    SETSOCKOPT.invokeExact(state, socket.number(), level, option, number, (int) JAVA_INT.byteSize());
        });
    }

    /** Sends a message to the peer, or out of the link that the socket is bound to (send(2)). */
    public static void send(Descriptor socket, MemorySegment message) {
        call("send", socket.number(), (arena, state) ->
                (long) SEND.invokeExact(state, socket.number(), message, message.byteSize(), 0));
    }

    /** How many bytes were received; with {@link #MSG_TRUNC} how many there were. */
    public static int receive(Descriptor socket, MemorySegment buffer, int flags) {
        return (int) call("recv", socket.number(), (arena, state) ->
                (long) RECV.invokeExact(state, socket.number(), buffer, buffer.byteSize(), flags));
    }

    /** An error number in words (strerror(3)). */
    public static String describe(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable broken) {
            throw new AssertionError("BUG: strerror cannot be called", broken);
        }
    }

    /** A call of a handle, given memory for its arguments and the place for errno. */
    interface Invocation {
        long invoke(Arena arena, MemorySegment state) throws Throwable;
    }

    /** The result, which is never negative: that is how the C library says that it failed. */
    static long call(String name, Object argument, Invocation invocation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            while (true) {
                long result = invocation.invoke(arena, state);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                // Linux has closed the descriptor even when it says EINTR (close(2)), so a second try could close
                // another's.
                if (errno != Errno.EINTR || name.equals("close")) {
                    throw new SystemCallException(name, argument.toString(), errno);
                }
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable broken) {
            throw new AssertionError("BUG: " + name + " cannot be called", broken);
        }
    }

    private static MemorySegment text(Arena arena, Path path) {
        return arena.allocateFrom(path.toString());
    }

    static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), CAPTURE_ERRNO);
    }

    private static MethodHandle variadic(String name, MemoryLayout result, int fixed, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                CAPTURE_ERRNO,
                Linker.Option.firstVariadicArg(fixed));
    }
}
