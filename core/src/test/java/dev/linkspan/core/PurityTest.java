package dev.linkspan.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Core decides and does nothing else: time, chance, threads and the world come in as arguments or ports. */
class PurityTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.linkspan.core");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.io..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.net..",
                "java.sql..",
                "java.util.random..",
                "java.util.concurrent.locks..",
                "java.util.logging..",
                "java.lang.foreign..",
                "java.security.."
            })
    void core_uses_nothing_of(String forbidden) {
        noClasses().should().dependOnClassesThat().resideInAPackage(forbidden).check(CORE);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Clock.class,
                Random.class,
                Thread.class,
                ThreadLocal.class,
                ExecutorService.class,
                CompletableFuture.class,
                ForkJoinPool.class,
                Process.class,
                System.Logger.class
            })
    void core_does_not_know(Class<?> forbidden) {
        noClasses().should().dependOnClassesThat().areAssignableTo(forbidden).check(CORE);
    }

    @Test
    void core_never_asks_for_the_time_or_for_chance() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CORE);
    }
}
