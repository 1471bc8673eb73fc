package dev.linkspan.server.api.resource.keypair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.keypair.Keypair;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ssh-keygen -l} and {@code openssl} (in the ways of EC2's user guide) print of the same files. */
class FingerprintsTest {

    private static Keypair keypair(String file, Optional<String> digest) {
        return new Keypair(
                KeypairId.KIND.of(7),
                new AccountId("123456789012"),
                "mine",
                PublicKeyText.read("PublicKey", KeyFiles.base64(file)),
                digest,
                Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pub, c7:ef:16:2d:15:3a:56:ad:8f:9b:3f:e4:bb:60:9c:64",
        "ed25519.pub, 66:eb:38:d3:fe:79:3b:bf:b9:d1:66:d6:f8:eb:ad:dc",
        "ecdsa256.pub, 95:87:f6:dd:f3:ca:e5:d2:0f:c9:94:4a:98:7e:ba:4c",
        "ecdsa384.pub, 07:99:8b:d7:09:75:7c:99:c6:ff:09:aa:24:3b:e9:0b",
        "ecdsa521.pub, d0:a5:21:f5:65:58:5f:97:e6:96:de:ca:b4:f1:86:6d",
    })
    void outscales_is_the_md5_of_what_ssh_sends(String file, String fingerprint) {
        assertThat(Fingerprints.outscale(keypair(file, Optional.empty()))).isEqualTo(fingerprint);
        assertThat(Fingerprints.outscale(keypair(file, Optional.of("0a:0b")))).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pub, a1:3a:9c:b7:1a:1d:06:69:4f:ff:df:43:02:10:52:8f",
        "ed25519.pub, lvHc59+cDMnDHlGkkmRZljmSBgkKwF6CmWm6ddNk0IY=",
        "ecdsa256.pub, TagQxVD/LFz0yJU2A+AxNM3M5qTR8FxP6kszbxt0aBk=",
    })
    void ec2s_depends_on_the_type(String file, String fingerprint) {
        assertThat(Fingerprints.ec2(keypair(file, Optional.empty()))).isEqualTo(fingerprint);
    }

    @Test
    void ec2s_of_a_key_that_was_made_here_is_its_private_keys() {
        assertThat(Fingerprints.ec2(keypair("rsa.pub", Optional.of("0a:0b")))).isEqualTo("0a:0b");
    }
}
