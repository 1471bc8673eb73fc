package dev.linkspan.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Has SIGTERM and Ctrl-C run something else than the JVM's shutdown, whose exit code would be 143 or 130: a server that
 * finished its work and stopped as it was told has not failed. The JDK has this in {@code jdk.unsupported} only, which
 * the compiler warns of, so it is looked up.
 */
final class StopSignals {

    private StopSignals() {}

    /** Answers whether it could be done; if not, the JVM shuts down as usual. */
    static boolean handle(Runnable stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object stopping =
                    Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (_, _, _) -> {
                        stop.run();
                        return null;
                    });
            for (String name : new String[] {"TERM", "INT"}) {
                Object _ =
                        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), stopping);
            }
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException absent) {
            return false;
        }
    }
}
