package dev.linkspan.server.network.linux.nftables;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.netlink.NetlinkSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The library behind the nft command (libnftables(3)). */
final class LibNftables {

    /** Prints as JSON instead of nft's own language. */
    static final int JSON = 1 << 4;

    private static final String LIBRARY = "libnftables.so.1";

    /**
     * Contexts are separate, but before version 1.0.9 the library resolves names through calls of the C library that are
     * not safe in several threads (getprotobyname(3)), and a wrong answer would be a wrong filter.
     */
    private static final Lock ONE_AT_A_TIME = new ReentrantLock();

    private final MethodHandle newContext;
    private final MethodHandle freeContext;
    private final MethodHandle bufferOutput;
    private final MethodHandle bufferError;
    private final MethodHandle outputBuffer;
    private final MethodHandle errorBuffer;
    private final MethodHandle setOutputFlags;
    private final MethodHandle runCommands;

    private LibNftables(SymbolLookup library) {
        newContext = handle(library, "nft_ctx_new", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        freeContext = handle(library, "nft_ctx_free", FunctionDescriptor.ofVoid(ADDRESS));
        bufferOutput = handle(library, "nft_ctx_buffer_output", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        bufferError = handle(library, "nft_ctx_buffer_error", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        outputBuffer = handle(library, "nft_ctx_get_output_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS));
        errorBuffer = handle(library, "nft_ctx_get_error_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS));
        setOutputFlags = handle(library, "nft_ctx_output_set_flags", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
        runCommands = handle(library, "nft_run_cmd_from_buffer", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    static LibNftables load() {
        try {
            return new LibNftables(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
        } catch (IllegalArgumentException missing) {
            throw new IllegalStateException(
                    LIBRARY + " cannot be loaded; Debian and Ubuntu have it in the package libnftables1", missing);
        }
    }

    /** A context for the network namespace of the thread that calls. */
    Context open() {
        // Without a free descriptor for its socket the library would end the whole process instead of failing.
        Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW, NetlinkSocket.ROUTE).close();
        return locked(() -> {
            MemorySegment context = (MemorySegment) newContext.invokeExact(0);
            if (((int) bufferOutput.invokeExact(context) | (int) bufferError.invokeExact(context)) != 0) {
                throw new IllegalStateException("libnftables has no memory for its buffers");
            }
            return new Context(context);
        });
    }

    /** A session with the packet filter of one namespace; it keeps the namespace alive. */
    final class Context implements AutoCloseable {

        private @Nullable MemorySegment context;

        private Context(MemorySegment context) {
            this.context = context;
        }

        /** Runs the commands as one transaction: all of them or none. Answers what they print. */
        String run(String commands, int outputFlags) {
            return locked(() -> {
                MemorySegment open = open();
                try (Arena arena = Arena.ofConfined()) {
                    setOutputFlags.invokeExact(open, outputFlags);
                    int failed = (int) runCommands.invokeExact(open, arena.allocateFrom(commands));
                    // Reading a buffer also empties it, so both are read each time.
                    String output = text((MemorySegment) outputBuffer.invokeExact(open));
                    String error = text((MemorySegment) errorBuffer.invokeExact(open));
                    if (failed != 0) {
                        throw new NftablesException(error, commands);
                    }
                    return output;
                }
            });
        }

        @Override
        public void close() {
            locked(() -> {
                if (context != null) {
                    freeContext.invokeExact(context);
                    context = null;
                }
                return true;
            });
        }

        private MemorySegment open() {
            if (context == null) {
                throw new IllegalStateException("BUG: this nftables context is closed");
            }
            return context;
        }
    }

    private interface Work<T> {
        T run() throws Throwable;
    }

    private static <T> T locked(Work<T> work) {
        ONE_AT_A_TIME.lock();
        try {
            return work.run();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable broken) {
            throw new AssertionError("BUG: libnftables cannot be called", broken);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static String text(MemorySegment zeroTerminated) {
        return zeroTerminated.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }
}
