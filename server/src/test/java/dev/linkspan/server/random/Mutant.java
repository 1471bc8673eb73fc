package dev.linkspan.server.random;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The product with some of its classes compiled from other sources, beside the real one in the same process: all of
 * Linkspan's classes are loaded once more, the ones given from what they were compiled to.
 */
public final class Mutant extends ClassLoader {

    private static final String OURS = "dev.linkspan.";
    private static final Map<String, byte[]> REAL = new ConcurrentHashMap<>();
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** What a thread's compilations before have found on the class path need not be looked for again. */
    private static final ThreadLocal<StandardJavaFileManager> CLASS_PATH =
            ThreadLocal.withInitial(() -> COMPILER.getStandardFileManager(null, null, null));

    private final Map<String, byte[]> compiled;

    /** @param sources by the full names of their classes */
    public Mutant(Map<String, String> sources) {
        super(Mutant.class.getClassLoader());
        this.compiled = compile(sources);
    }

    /**
     * What this function, made without arguments in the mutant, makes of the value.
     *
     * @param value of the JDK's classes alone, which the mutant shares
     */
    public <T> Optional<String> apply(Class<? extends Function<T, Optional<String>>> type, T value) {
        try {
            Object made = loadClass(type.getName()).getDeclaredConstructor().newInstance();
            @SuppressWarnings("unchecked")
            Function<T, Optional<String>> function = (Function<T, Optional<String>>) made;
            return function.apply(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] bytes = compiled.containsKey(name) ? compiled.get(name) : REAL.computeIfAbsent(name, this::real);
            if (bytes.length == 0) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] real(String name) {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return file == null ? new byte[0] : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(Map<String, String> sources) {
        Map<String, byte[]> classes = new ConcurrentHashMap<>();
        StringWriter complaints = new StringWriter();
        List<Source> units = sources.entrySet().stream()
                .map(entry -> new Source(entry.getKey(), entry.getValue()))
                .toList();
        List<String> options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
        InMemory files = new InMemory(CLASS_PATH.get(), classes);
        if (!COMPILER.getTask(complaints, files, null, options, null, units).call()) {
            throw new IllegalStateException("the mutation does not compile: " + complaints);
        }
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String type, String text) {
            super(URI.create("memory:///" + type.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what is compiled. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {

        private final Map<String, byte[]> classes;

        InMemory(StandardJavaFileManager standard, Map<String, byte[]> classes) {
            super(standard);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
