package dev.linkspan.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the checked-out sources are, for tests that read them. */
public final class Repository {

    /** What is made from the sources, or downloaded, or kept by Git. */
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", "dist", ".git");

    private Repository() {}

    public static Path root() {
        return Path.of(System.getProperty("linkspan.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** The sources and documents whose names end in one of these, such as {@code .java}. */
    public static List<Path> files(String... endings) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (List.of(endings).stream().anyMatch(file.getFileName().toString()::endsWith)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
