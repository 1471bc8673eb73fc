package dev.linkspan.server.api.oapi;

import static dev.linkspan.server.api.oapi.OapiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.resource.absent.AbsentCalls;
import dev.linkspan.server.api.resource.image.ImageCalls;
import dev.linkspan.server.api.resource.region.RegionCalls;
import dev.linkspan.server.api.resource.vmtype.VmTypeCalls;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Regions, images, VM types, and what is always empty. */
class CatalogueCallsTest {

    private static final SubregionName SECOND = new SubregionName("eu-west-2b");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Subregions subregions = new Subregions(List.of(
            new Region(Fixture.REGION, List.of(Fixture.SUBREGION, SECOND)),
            new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a")))));
    private final List<Operation> operations = Stream.of(
                    new RegionCalls(subregions, "example.org").operations(),
                    new ImageCalls(Images.OF_HOST).operations(),
                    new VmTypeCalls().operations(),
                    new AbsentCalls().operations())
            .flatMap(List::stream)
            .toList();
    private final OapiClient client = new OapiClient(store, owner, operations);

    @ParameterizedTest
    @CsvSource({
        "ReadLoadBalancers,LoadBalancers,LoadBalancerNames",
        "ReadNetAccessPoints,NetAccessPoints,NetIds",
        "ReadVirtualGateways,VirtualGateways,LinkNetIds",
    })
    void what_there_is_none_of_is_an_empty_list(String call, String key, String filter) {
        assertThat(client.call(call, "{}").path(key).isArray()).isTrue();
        assertThat(client.call(call, "{'Filters':{'%s':['any']}}".formatted(filter))
                        .path(key))
                .isEmpty();
        client.refused(400, "3001", call, "{'Filters':{'Colours':['red']}}");
        client.refused(400, "4110", call, "{'Filters':{'%s':'any'}}".formatted(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadRegions", "ReadVmTypes"})
    void some_calls_are_answered_to_anybody(String call) {
        OapiEndpoint closed = new OapiEndpoint(
                store,
                _ -> {
                    throw new Refusal(RefusalCode.NOT_SIGNED, "not signed");
                },
                operations);
        ApiRequest request = new ApiRequest(
                "request-1", "POST", "/api/v1/" + call, "", Headers.NONE, new byte[0], false, "127.0.0.1");

        assertThat(closed.answer(request).status()).isEqualTo(200);
    }

    @Nested
    class OfRegions {

        private List<String> subregions(String filters) {
            return texts(
                    client.call("ReadSubregions", "{'Filters':%s}".formatted(filters))
                            .path("Subregions"),
                    "SubregionName");
        }

        @Test
        void each_region_has_an_endpoint_of_its_own() {
            assertThat(client.call("ReadRegions", "{}").path("Regions").toString())
                    .isEqualTo("[{\"Endpoint\":\"api.eu-west-2.example.org\",\"RegionName\":\"eu-west-2\"},"
                            + "{\"Endpoint\":\"api.us-east-2.example.org\",\"RegionName\":\"us-east-2\"}]");
        }

        @Test
        void the_subregions_are_those_of_the_callers_region_in_their_order() {
            JsonNode answer = client.call("ReadSubregions", "{}").path("Subregions");

            assertThat(answer.path(0).toString())
                    .isEqualTo("{\"LocationCode\":\"eu-west-2a\",\"RegionName\":\"eu-west-2\","
                            + "\"State\":\"available\",\"SubregionName\":\"eu-west-2a\"}");
            assertThat(texts(answer, "SubregionName")).containsExactly("eu-west-2a", "eu-west-2b");
        }

        @Test
        void a_failed_subregion_is_unavailable() {
            fixture.change(unit -> {
                CatalogueCallsTest.this.subregions.fail(unit, SECOND);
                return SECOND;
            });

            assertThat(subregions("{'States':['unavailable']}")).containsExactly("eu-west-2b");
            assertThat(subregions("{'States':['available']}")).containsExactly("eu-west-2a");
        }

        @Test
        @Rule("H2")
        void a_subregion_whose_hosts_are_silent_is_unavailable_until_one_is_heard() {
            Vm vm = fixture.bareVm(fixture.subnet(fixture.net(owner, "10.0.0.0/16"), "10.0.1.0/24"));
            Hosts hosts = new Hosts(CatalogueCallsTest.this.subregions);
            Host host = fixture.change(unit -> {
                Host made = hosts.create(unit, new HostName("rack1"), Fixture.SUBREGION, "hash");
                unit.hosts().place(vm.id(), made.id());
                return made;
            });
            assertThat(subregions("{'States':['unavailable']}")).containsExactly("eu-west-2a");

            fixture.change(unit -> {
                hosts.heard(unit, host.id(), new HostReport(unit.now(), "1.0", 10, 0, 0));
                return host;
            });

            assertThat(subregions("{'States':['unavailable']}")).isEmpty();
        }

        @Test
        void every_filter_chooses() {
            assertThat(subregions("{'SubregionNames':['eu-west-2b','us-east-2a']}"))
                    .containsExactly("eu-west-2b");
            assertThat(subregions("{'RegionNames':['eu-west-2']}")).hasSize(2);
            assertThat(subregions("{'RegionNames':['us-east-2']}")).isEmpty();
        }
    }

    @Nested
    class OfImages {

        private List<String> images(String filters) {
            return texts(
                    client.call("ReadImages", "{'Filters':%s}".formatted(filters))
                            .path("Images"),
                    "ImageId");
        }

        @Test
        void an_image_is_answered_with_every_field() {
            JsonNode image = client.call("ReadImages", "{}").path("Images").path(0);

            assertThat(image.propertyNames())
                    .containsExactlyInAnyOrder(
                            "AccountAlias",
                            "AccountId",
                            "Architecture",
                            "BlockDeviceMappings",
                            "BootModes",
                            "CreationDate",
                            "Description",
                            "FileLocation",
                            "ImageId",
                            "ImageName",
                            "ImageType",
                            "PermissionsToLaunch",
                            "ProductCodes",
                            "RootDeviceName",
                            "RootDeviceType",
                            "SecureBoot",
                            "State",
                            "StateComment",
                            "Tags",
                            "TpmMandatory");
            assertThat(image.path("ImageId").stringValue()).isEqualTo("ami-00000001");
            assertThat(image.path("StateComment").isObject()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'ImageIds':['ami-00000001']",
                    "'ImageNames':['linkspan-linux']",
                    "'ImageNames':['linkspan-*','Ubuntu*']",
                    "'BlockDeviceMappingDeleteOnVmDeletion':true",
                    "'BlockDeviceMappingDeviceNames':['/dev/sda1']",
                    "'BlockDeviceMappingSnapshotIds':['snap-00000001']",
                    "'BlockDeviceMappingVolumeSizes':[10]",
                    "'BlockDeviceMappingVolumeTypes':['standard']",
                    "'AccountAliases':['Linkspan']",
                    "'AccountIds':[0,'000000000000']",
                    "'Architectures':['x86_64']",
                    "'BootModes':['legacy']",
                    "'Hypervisors':['xen']",
                    "'VirtualizationTypes':['hvm']",
                    "'PermissionsToLaunchGlobalPermission':true",
                    "'ProductCodes':['0001']",
                    "'RootDeviceNames':['/dev/sda1']",
                    "'RootDeviceTypes':['bsu']",
                    "'SecureBoot':false",
                    "'States':['available']",
                    "'TpmMandatory':false",
                    "'FileLocations':['000000000000/linkspan-linux']",
                })
        void a_filter_that_the_image_meets_chooses_it(String filter) {
            assertThat(images("{%s}".formatted(filter))).containsExactly("ami-00000001");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'ImageIds':['ami-12345678']",
                    "'AccountIds':['123456789012']",
                    "'Architectures':['i386']",
                    "'ImageNames':['linkspan']",
                    "'BlockDeviceMappingDeleteOnVmDeletion':false",
                    "'BlockDeviceMappingDeviceNames':['/dev/sdb']",
                    "'BlockDeviceMappingSnapshotIds':['snap-12345678']",
                    "'BlockDeviceMappingVolumeSizes':[11]",
                    "'BlockDeviceMappingVolumeTypes':['gp2']",
                    "'BootModes':['uefi']",
                    "'Descriptions':['']",
                    "'PermissionsToLaunchAccountIds':['123456789012']",
                    "'PermissionsToLaunchGlobalPermission':false",
                    "'ProductCodeNames':['Linux']",
                    "'SecureBoot':true",
                    "'TagKeys':['name']",
                    "'TpmMandatory':true",
                })
        void a_filter_that_it_does_not_meet_leaves_it_out(String filter) {
            assertThat(images("{%s}".formatted(filter))).isEmpty();
        }
    }

    @Nested
    class OfVmTypes {

        private List<String> types(String filters) {
            return texts(
                    client.call("ReadVmTypes", "{'Filters':%s}".formatted(filters))
                            .path("VmTypes"),
                    "VmTypeName");
        }

        @Test
        void a_type_is_answered_with_its_size() {
            JsonNode type = client.call("ReadVmTypes", "{'Filters':{'VmTypeNames':['t2.nano']}}")
                    .path("VmTypes")
                    .path(0);

            assertThat(type.toString())
                    .isEqualTo("{\"BsuOptimized\":false,\"Eth\":8,\"Gpu\":0,\"MaxPrivateIps\":64,\"MemorySize\":0.5,"
                            + "\"VcoreCount\":1,\"VmTypeName\":\"t2.nano\",\"VolumeCount\":0}");
        }

        @Test
        void every_filter_chooses() {
            assertThat(types("{'VcoreCounts':[8],'MemorySizes':[16]}")).contains("tinav5.c8r16p2", "c6i.2xlarge");
            assertThat(types("{'MemorySizes':[0.5]}")).containsExactly("t2.nano", "t3.nano", "t3a.nano", "t4g.nano");
            assertThat(types("{'Eths':[8],'Gpus':[0],'VolumeCounts':[0],'BsuOptimized':false}"))
                    .hasSizeGreaterThan(5);
            assertThat(types("{'Gpus':[1]}")).isEmpty();
            assertThat(types("{'VolumeSizes':[10]}")).isEmpty();
            assertThat(types("{'EphemeralsTypes':['ssd']}")).isEmpty();
            assertThat(types("{'BsuOptimized':true}")).isEmpty();
        }

        @Test
        void pages_follow_each_other_in_the_order_of_size() {
            JsonNode page = client.call("ReadVmTypes", "{'ResultsPerPage':1}");
            String token = page.path("NextPageToken").stringValue();

            JsonNode next = client.call("ReadVmTypes", "{'ResultsPerPage':1,'NextPageToken':'%s'}".formatted(token));

            assertThat(texts(page.path("VmTypes"), "VmTypeName")).containsExactly("tinav5.c1r1p2");
            assertThat(texts(next.path("VmTypes"), "VmTypeName")).containsExactly("tinav5.c1r2p2");
            client.refused(400, "4113", "ReadVmTypes", "{'ResultsPerPage':1001}");
        }
    }
}
