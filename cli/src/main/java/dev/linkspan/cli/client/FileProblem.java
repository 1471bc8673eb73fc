package dev.linkspan.cli.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What stands against a file or folder, in words for whoever typed its name: Java's exceptions name only the file. */
public final class FileProblem {

    private FileProblem() {}

    public static String text(IOException problem) {
        return switch (problem) {
            case AccessDeniedException denied -> denied(denied.getFile());
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case NotDirectoryException file -> file.getFile() + " is no folder";
            case FileAlreadyExistsException there -> there.getFile() + " is there already";
            case FileSystemException other
            when other.getReason() != null -> "%s: %s".formatted(other.getFile(), other.getReason());
            default -> problem.getMessage() == null ? problem.toString() : problem.getMessage();
        };
    }

    private static String denied(String file) {
        String user = System.getProperty("user.name", "this user");
        return "%s may not use %s%s".formatted(user, file, owner(Path.of(file).toAbsolutePath()));
    }

    /** Of the file, or of the nearest folder above it that can be looked at. */
    private static String owner(Path file) {
        for (Path place = file; place != null; place = place.getParent()) {
            try {
                String owner = Files.getOwner(place).getName();
                return place.equals(file)
                        ? ", which belongs to " + owner
                        : ": %s belongs to %s".formatted(place, owner);
            } catch (IOException hidden) {
                // the folder above may tell
            }
        }
        return "";
    }
}
