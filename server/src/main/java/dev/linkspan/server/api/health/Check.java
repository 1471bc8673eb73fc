package dev.linkspan.server.api.health;

/**
 * One thing that a server needs in order to do its work.
 *
 * @param name a word that stays the same, for machines
 * @param message for people: what is wrong and what to do about it, or how it is
 */
public record Check(String name, boolean passed, String message) {

    static Check passed(String name, String message) {
        return new Check(name, true, message);
    }

    static Check failed(String name, String message) {
        return new Check(name, false, message);
    }
}
