package dev.linkspan.cli.command;

import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads values so that one that cannot be read is refused in words: picocli's own converters speak of Java's types. */
final class PlainValues {

    private PlainValues() {}

    static void teach(CommandLine commands) {
        commands.registerConverter(int.class, PlainValues::integer);
        commands.registerConverter(Integer.class, PlainValues::integer);
        commands.registerConverter(long.class, PlainValues::number);
        commands.registerConverter(Long.class, PlainValues::number);
        commands.registerConverter(Duration.class, PlainValues::duration);
    }

    private static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new TypeConversionException("'%s' is not a number".formatted(text));
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new TypeConversionException("'%s' is not a number".formatted(text));
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException notADuration) {
            throw new TypeConversionException(
                    "'%s' is no length of time: P7D (seven days), PT1H30M or PT90S is expected".formatted(text));
        }
    }
}
