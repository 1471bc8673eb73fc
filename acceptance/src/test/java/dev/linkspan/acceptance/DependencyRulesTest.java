package dev.linkspan.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the rule of dependencies of docs/architecture.md. */
class DependencyRulesTest {
    private static final String CORE = "dev.linkspan.core..";
    private static final String SERVER = "dev.linkspan.server..";

    /** What consists of values alone; each of core's other packages is a layer over them. */
    private static final List<String> VALUES = List.of(
            "account",
            "address",
            "catalogue",
            "event",
            "host",
            "id",
            "insights",
            "internet",
            "keypair",
            "net",
            "peering",
            "plan",
            "refusal",
            "routing",
            "securitygroup",
            "networkacl",
            "tag",
            "volume",
            "wording");

    private static final JavaClasses LINKSPAN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.linkspan");

    @Test
    void all_modules_are_looked_at() {
        assertThat(LINKSPAN.containPackage("dev.linkspan.core")).isTrue();
        assertThat(LINKSPAN.containPackage("dev.linkspan.server")).isTrue();
        assertThat(LINKSPAN.containPackage("dev.linkspan.cli")).isTrue();
    }

    @Test
    void core_depends_on_the_jdk_and_jspecify_only() {
        check(classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CORE, "java..", "org.jspecify.annotations"));
    }

    @Test
    void core_is_built_in_layers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(CORE)
                .layer("values")
                .definedBy(VALUES.stream().map(DependencyRulesTest::coreOf).toArray(String[]::new))
                .layer("ports")
                .definedBy(coreOf("port"))
                .layer("rehearsal")
                .definedBy(coreOf("rehearsal"))
                .layer("planner")
                .definedBy(coreOf("planner"))
                .layer("reachability")
                .definedBy(coreOf("reachability"))
                .layer("operations")
                .definedBy(coreOf("operation"))
                .ensureAllClassesAreContainedInArchitecture()
                .whereLayer("values")
                .mayNotAccessAnyLayer()
                .whereLayer("ports")
                .mayOnlyAccessLayers("values")
                .whereLayer("rehearsal")
                .mayOnlyAccessLayers("values", "ports")
                .whereLayer("planner")
                .mayOnlyAccessLayers("values", "ports")
                .whereLayer("reachability")
                .mayOnlyAccessLayers("values", "ports", "planner")
                .whereLayer("operations")
                .mayOnlyAccessLayers("values", "ports", "reachability")
                .check(LINKSPAN.that(resideInAPackage(CORE)));
    }

    @Test
    void no_packages_of_core_need_one_another() {
        check(slices().matching("dev.linkspan.core.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest(name = "{0} does not depend on {1}")
    @CsvSource({
        "api, store",
        "api, network",
        "api, observe",
        "api, http",
        "store, api",
        "store, network",
        "store, observe",
        "store, http",
        "network, api",
        "network, store",
        "network, observe",
        "network, http",
        "observe, api",
        "observe, store",
        "observe, network",
        "observe, http",
        "http, store",
        "http, network",
        "backup, api",
        "backup, store",
        "backup, network",
        "backup, observe",
        "backup, http",
        "api, backup",
        "network, backup",
        "observe, backup",
        "http, backup",
        "turn, api",
        "turn, store",
        "turn, network",
        "turn, observe",
        "turn, http",
        "host, store",
        "host, observe",
        "host, http",
        "host, backup",
        "host, turn",
        "store, host",
        "network, host",
        "observe, host",
        "http, host",
        "backup, host",
        "turn, host",
    })
    void parts_of_the_server_stay_apart(String part, String other) {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf(part))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packagesOf(other)));
    }

    /** A driver is made of the VM's side and of Linux; a second one shares both with the first, and neither knows the other. */
    @ParameterizedTest(name = "network.{0} does not depend on network.{1}")
    @CsvSource({
        "linux, vm",
        "linux, netns",
        "linux, ovn",
        "vm, netns",
        "vm, ovn",
        "netns, ovn",
        "ovn, netns",
        "ovsdb, linux",
        "ovsdb, vm",
        "ovsdb, netns",
        "ovsdb, ovn",
        "linux, ovsdb",
        "vm, ovsdb",
        "netns, ovsdb",
        "linux.netlink, linux.namespace",
        "linux.netlink, linux.nftables",
        "linux.netlink, linux.conntrack",
        "linux.conntrack, linux.nftables",
        "linux.conntrack, linux.namespace",
        "linux.nftables, linux.conntrack",
        "linux.nftables, linux.namespace",
    })
    void rooms_of_the_network_stay_apart(String room, String other) {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("network." + room))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packagesOf("network." + other)));
    }

    @Test
    void the_reconciler_knows_no_driver_and_nothing_of_linux() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.linkspan.server.network")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.linkspan.server.network.*.."));
    }

    @Test
    void the_client_of_ovsdb_knows_the_protocol_and_nothing_of_linkspan() {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("network.ovsdb"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE, "dev.linkspan.server.network"));
    }

    /** Server and agent know the same records of the protocol; what the agent does, the server's API does not know. */
    @Test
    void an_agent_shares_its_protocol_with_the_api_and_nothing_else() {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("api"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packagesOf("host.agent")));
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("host.protocol"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf("host.agent"), packagesOf("network")));
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("host.agent"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf("network.netns"), packagesOf("network.ovn")));
    }

    @Test
    void linux_knows_addresses_and_nothing_else_of_the_core() {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("network.linux"))
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(CORE)
                        .and(not(JavaClass.Predicates.resideInAPackage("dev.linkspan.core.address")))));
    }

    @Test
    void what_drivers_share_does_not_depend_on_the_reconciler() {
        check(noClasses()
                .that()
                .resideInAnyPackage(packagesOf("network.linux"), packagesOf("network.vm"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.linkspan.server.network"));
    }

    @Test
    void what_both_apis_share_knows_neither_of_them() {
        check(noClasses()
                .that()
                .resideInAnyPackage(packagesOf("api.call"), packagesOf("api.listing"), packagesOf("api.json"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf("api.oapi"), packagesOf("api.ec2"), packagesOf("api.resource")));
    }

    @Test
    void neither_api_knows_the_other_or_who_is_built_on_it() {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("api.ec2"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        packagesOf("api.oapi"),
                        packagesOf("api.resource"),
                        packagesOf("api.session"),
                        packagesOf("api.own"),
                        packagesOf("api.cockpit"),
                        packagesOf("api.description")));
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("api.oapi"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf("api.ec2"), packagesOf("api.resource"), packagesOf("api.own")));
    }

    @Test
    void no_class_of_a_resource_speaks_both_apis() {
        check(noClasses()
                .that(residesIn("api.resource")
                        .and(DescribedPredicate.describe("speaks the OUTSCALE API", speaks("api.oapi"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packagesOf("api.ec2")));
    }

    @Test
    void json_goes_no_further_than_the_edge() {
        check(noClasses()
                .that()
                .resideInAPackage(packagesOf("api.listing"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("FilterArguments"));
    }

    @Test
    void only_the_root_package_of_the_server_wires() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.linkspan.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.linkspan.server"));
    }

    @ParameterizedTest(name = "{1} is used in {0} only")
    @CsvSource({
        "store, java.sql..",
        "store, org.jdbi..",
        "store, org.flywaydb..",
        "store, com.zaxxer.hikari..",
        "http, org.eclipse.jetty..",
        "network, java.lang.foreign..",
        "api, tools.jackson.databind..",
    })
    void a_technology_stays_in_its_place(String part, String technology) {
        check(noClasses()
                .that()
                .resideInAPackage("dev.linkspan.server.*..")
                .and()
                .resideOutsideOfPackage(packagesOf(part))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(technology));
    }

    @Test
    void processes_are_started_by_the_network_only() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER)
                .and()
                .resideOutsideOfPackage(packagesOf("network"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ProcessBuilder.class.getName()));
    }

    @Test
    void the_command_line_knows_the_server_by_its_api_only() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.linkspan.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER, CORE));
    }

    private static DescribedPredicate<JavaClass> residesIn(String part) {
        return JavaClass.Predicates.resideInAPackage(packagesOf(part));
    }

    private static Predicate<JavaClass> speaks(String api) {
        return type -> type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> residesIn(api).test(dependency.getTargetClass()));
    }

    private static String coreOf(String part) {
        return "dev.linkspan.core." + part + "..";
    }

    private static String packagesOf(String part) {
        return "dev.linkspan.server." + part + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(LINKSPAN);
    }
}
