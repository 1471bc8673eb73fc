package dev.linkspan.server.network.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.TinyNet;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkNamespacesTest {

    @RegisterExtension
    final NamespaceFolder folder = new NamespaceFolder();

    @Test
    void a_created_namespace_is_listed_and_found_and_empty() {
        NetworkNamespace created = folder.namespaces().create("vpc-1");

        assertThat(folder.namespaces().names()).containsExactly("vpc-1");
        assertThat(folder.namespaces().find("vpc-1")).isPresent();
        assertThat(folder.namespaces().find("vpc-2")).isEmpty();
        try (Netlink netlink = created.openNetlink()) {
            assertThat(netlink.devices()).extracting(NetworkDevice::name).containsExactly("lo");
        }
    }

    @Test
    void work_runs_in_the_namespace_and_a_setting_stays_in_it() {
        NetworkNamespace one = folder.namespaces().create("vpc-1");
        NetworkNamespace other = folder.namespaces().create("vpc-2");

        one.writeSysctls(Map.of("net/ipv4/ip_forward", "1"));

        assertThat(one.readSysctl("net/ipv4/ip_forward")).isEqualTo("1");
        assertThat(other.readSysctl("net/ipv4/ip_forward")).isEqualTo("0");
    }

    @Test
    void a_setting_that_does_not_exist_is_named_in_the_error() {
        NetworkNamespace namespace = folder.namespaces().create("vpc-1");

        assertThatThrownBy(() -> namespace.writeSysctls(Map.of("net/ipv4/no_such_setting", "1")))
                .hasMessageContaining("net/ipv4/no_such_setting");
    }

    @Test
    void the_threads_that_enter_namespaces_leave_them_again() throws IOException {
        NetworkNamespace namespace = folder.namespaces().create("vpc-1");
        String inside = namespace.call(NetworkNamespacesTest::currentNamespace);
        String outside = currentNamespace();

        List<String> threads = namespacesOfAllThreads();

        assertThat(inside).isNotEqualTo(outside);
        assertThat(threads).contains(outside).doesNotContain(inside);
    }

    @Test
    void deleting_a_namespace_removes_its_links_at_both_ends() {
        TinyNet net = new TinyNet(folder.namespaces());
        net.addVm(5);

        folder.namespaces().delete("i-5");

        assertThat(folder.namespaces().names()).containsExactly("vpc-1");
        try (Netlink netlink = net.router().openNetlink()) {
            Eventually.holds(() -> netlink.devices().size() == 1);
        }
    }

    @Test
    void deleting_twice_and_deleting_nothing_are_harmless() {
        folder.namespaces().create("vpc-1");

        folder.namespaces().delete("vpc-1");
        folder.namespaces().delete("vpc-1");

        assertThat(folder.namespaces().names()).isEmpty();
    }

    @Test
    void a_name_is_given_once() {
        folder.namespaces().create("vpc-1");

        assertThatThrownBy(() -> folder.namespaces().create("vpc-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vpc-1 exists already");
        assertThat(folder.namespaces().findOrCreate("vpc-1").name()).isEqualTo("vpc-1");
    }

    @Test
    void a_name_that_would_leave_the_folder_is_refused() {
        assertThatThrownBy(() -> folder.namespaces().delete("../vpc-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'../vpc-1' is not the name of a namespace");
    }

    @Test
    void a_file_left_by_a_crash_before_its_mount_is_no_namespace_and_no_obstacle() throws IOException {
        Files.createFile(folder.path().resolve("vpc-1"));

        assertThat(folder.namespaces().names()).isEmpty();
        assertThat(folder.namespaces().find("vpc-1")).isEmpty();
        folder.namespaces().create("vpc-1");
        assertThat(folder.namespaces().names()).containsExactly("vpc-1");
    }

    @Test
    void using_a_deleted_namespace_says_which_one() {
        NetworkNamespace namespace = folder.namespaces().create("vpc-1");
        folder.namespaces().delete("vpc-1");

        assertThatThrownBy(namespace::openNetlink)
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("vpc-1")
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void many_callers_at_once_each_work_in_their_own_namespace() {
        List<NetworkNamespace> all = IntStream.range(0, 20)
                .mapToObj(i -> folder.namespaces().create("vpc-" + i))
                .toList();

        List<String> seen = all.parallelStream()
                .map(namespace -> namespace.call(NetworkNamespacesTest::currentNamespace))
                .toList();

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void work_may_not_ask_for_other_work() {
        NetworkNamespace namespace = folder.namespaces().create("vpc-1");

        assertThatThrownBy(() -> namespace.call(() -> namespace.readSysctl("net/ipv4/ip_forward")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("BUG:");
    }

    @Test
    void opening_a_folder_again_takes_over_what_is_there() {
        TinyNet net = new TinyNet(folder.namespaces());
        net.addVm(5);
        folder.namespaces().close();

        try (NetworkNamespaces again = NetworkNamespaces.open(folder.path())) {
            assertThat(again.names()).containsExactly("i-5", "vpc-1");
            try (Netlink netlink = again.find("vpc-1").orElseThrow().openNetlink()) {
                assertThat(netlink.devices()).extracting(NetworkDevice::name).containsExactly("lo", "v5");
            }
        }
    }

    @Test
    void cleaning_up_leaves_nothing_and_does_not_mind_nothing() throws IOException {
        folder.namespaces().create("vpc-1");
        folder.namespaces().create("i-1");
        folder.namespaces().close();

        NetworkNamespaces.cleanUp(folder.path());
        NetworkNamespaces.cleanUp(folder.path());

        assertThat(folder.path()).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .doesNotContain(folder.path().toString());
    }

    private static String currentNamespace() {
        return namespaceOf(Path.of("/proc/thread-self"));
    }

    private static List<String> namespacesOfAllThreads() throws IOException {
        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.map(NetworkNamespacesTest::namespaceOf).toList();
        }
    }

    private static String namespaceOf(Path thread) {
        try {
            return Files.readSymbolicLink(thread.resolve("ns/net")).toString();
        } catch (IOException ended) {
            return "ended";
        }
    }
}
