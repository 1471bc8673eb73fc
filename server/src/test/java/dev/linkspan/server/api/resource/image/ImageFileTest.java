package dev.linkspan.server.api.resource.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.ImageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFileTest {

    private static final String LEAST = """
            name: mine
            owner: 111111111111
            created: 2026-11-22T00:00:00Z
            """;

    @Test
    void what_is_left_out_is_as_usual() {
        Image image = ImageFile.read("# remark\n\n" + LEAST).all().getFirst();

        assertThat(image.name()).isEqualTo("mine");
        assertThat(image.description()).isEqualTo("mine");
        assertThat(image.ownerAlias()).isEmpty();
        assertThat(image.system()).isEqualTo(new ImageSystem("x86_64", "linux", "/dev/sda1", "legacy"));
        assertThat(image.rootVolume()).isEqualTo(new Image.RootVolume(10, "standard"));
        assertThat(image.createdAt()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
    }

    @Test
    void every_field_is_read() {
        Image image = ImageFile.read("""
                        id: ami-1234abcd
                        name: mine
                        description: what it is: mine
                        owner: 111111111111
                        owner-alias: me
                        architecture: arm64
                        system: windows
                        root-device: /dev/xvda
                        root-volume: 30 gp3
                        boot-mode: uefi
                        enhanced-networking: true
                        parameter: /mine/latest
                        parameter: /mine/old
                        created: 2026-11-22T00:00:00Z
                        """).all().getFirst();

        assertThat(image.id()).isEqualTo(new ImageId("ami-1234abcd"));
        assertThat(image.description()).isEqualTo("what it is: mine");
        assertThat(image.ownerAlias()).contains("me");
        assertThat(image.system()).isEqualTo(new ImageSystem("arm64", "windows", "/dev/xvda", "uefi"));
        assertThat(image.rootVolume()).isEqualTo(new Image.RootVolume(30, "gp3"));
        assertThat(image.enhancedNetworking()).isTrue();
        assertThat(image.parameters()).containsExactly("/mine/latest", "/mine/old");
    }

    @Test
    void an_id_that_is_not_given_is_always_the_same() {
        ImageId id = ImageFile.read(LEAST).all().getFirst().id();

        assertThat(ImageFile.read("name: another\nowner: 111111111111\ncreated: 2026-01-01T00:00:00Z\n\n" + LEAST)
                        .all()
                        .getLast()
                        .id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            owner: 12                     | line 2: the owner '12'
            colour: red                   | line 4: 'colour: red'
            name: twice                   | line 4: the name is there twice
            just words                    | line 4: 'just words'
            description:                  | line 4: the description has no value
            id: i-12345678                | line 4: the id 'i-12345678'
            architecture: z80             | line 4: the architecture 'z80'
            system: beos                  | line 4: the system 'beos'
            root-device: sda              | line 4: the root-device 'sda'
            root-volume: big              | line 4: the root-volume 'big'
            root-volume: 20000 gp3        | line 4: the root-volume '20000 gp3'
            boot-mode: floppy             | line 4: the boot-mode 'floppy'
            enhanced-networking: yes      | line 4: the enhanced-networking 'yes'
            parameter: latest             | line 4: the parameter 'latest'
            created: yesterday            | line 3: the created 'yesterday'
            """)
    void what_is_malformed_is_told_with_its_line_and_field(String line, String told) {
        String field = line.substring(0, Math.max(0, line.indexOf(':')) + 1);
        boolean replaced = List.of("owner:", "created:").contains(field);
        String text = replaced ? LEAST.replaceFirst("(?m)^" + field + ".*$", line) : LEAST + line + "\n";

        assertThatThrownBy(() -> ImageFile.read(text))
                .isInstanceOf(ImageFile.Malformed.class)
                .hasMessageContaining(told);
    }

    @Test
    void what_is_missing_or_taken_is_told_with_its_image() {
        assertThatThrownBy(() -> ImageFile.read("\n\nname: mine\n"))
                .hasMessageContaining("line 3: the image that begins here has no owner");
        assertThatThrownBy(() -> ImageFile.read(LEAST + "\n" + LEAST)).hasMessageContaining("line 5");
        assertThatThrownBy(() ->
                        ImageFile.read(LEAST + "parameter: /a\n\n" + LEAST.replace("mine", "b") + "parameter: /a\n"))
                .hasMessageContaining("line 9: the parameter /a");
    }

    @Test
    void the_standard_catalogue_has_what_people_look_for() {
        Images images = ImageFile.standard();

        assertThat(images.find(Images.LINUX.id())).contains(Images.LINUX);
        assertThat(newest(images, "137112412989", "al2023-ami-2023.*-x86_64")).isPresent();
        assertThat(newest(images, "137112412989", "amzn2-ami-hvm-.*-x86_64-gp2"))
                .isPresent();
        assertThat(newest(images, "099720109477", "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-.*"))
                .isPresent();
        assertThat(newest(images, "136693071363", "debian-12-amd64-.*")).isPresent();
        assertThat(newest(images, "792107900819", "Rocky-9-EC2-Base-9.*x86_64")).isPresent();
        assertThat(newest(images, "801119661308", "Windows_Server-2022-English-Full-Base-.*"))
                .isPresent();
        assertThat(newest(images, "289333306221", "(Ubuntu|Debian|RockyLinux|CentOS)-.*"))
                .isPresent();
    }

    /** The only one that has the latest date of those that match. */
    private static Optional<Image> newest(Images images, String owner, String name) {
        List<Image> matching = images.all().stream()
                .filter(image ->
                        image.owner().value().equals(owner) && image.name().matches(name))
                .toList();
        return matching.stream().max((a, b) -> a.createdAt().compareTo(b.createdAt()));
    }
}
