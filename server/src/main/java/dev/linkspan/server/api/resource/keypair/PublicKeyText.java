package dev.linkspan.server.api.resource.keypair;

import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads public keys as clients send them: in Base64, and inside that in one of the formats in which {@code ssh-keygen}
 * writes them (its own, RFC 4716, PEM of PKCS #1 or of X.509), or as X.509's bytes. All become the same {@link PublicKey}.
 */
public final class PublicKeyText {

    /** How long a key may be with everything around it, in characters of Base64. */
    static final int LONGEST = 16 * 1024;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern OPENSSH = Pattern.compile("(\\S+)[ \t]+([A-Za-z0-9+/]+=*)(?:[ \t]+(.*))?");
    private static final Pattern RFC_4716 =
            Pattern.compile("---- BEGIN SSH2 PUBLIC KEY ----\\R(.*)\\R---- END SSH2 PUBLIC KEY ----", Pattern.DOTALL);
    private static final Pattern RFC_4716_HEADER = Pattern.compile("(?m)^([^\\s:]{1,64}): *((?:.*\\\\\\R)*.*)\\R");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\R(.*)\\R-----END \\1-----", Pattern.DOTALL);
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]+=*\\s*");
    private static final int DER_SEQUENCE = 0x30;

    private final String parameter;

    private PublicKeyText(String parameter) {
        this.parameter = parameter;
    }

    /** @param parameter the one that held the text, for the refusal */
    public static PublicKey read(String parameter, String base64) {
        return new PublicKeyText(parameter).read(base64);
    }

    /** Also takes the text itself, which begins with a hyphen or has one in the name of its type: Base64 has none. */
    public static PublicKey readPlainOrBase64(String parameter, String text) {
        PublicKeyText reader = new PublicKeyText(parameter);
        if (text.indexOf('-') < 0) {
            return reader.read(text);
        }
        reader.requireShort(text);
        return reader.fromText(text.strip());
    }

    private void requireShort(String text) {
        if (text.length() > LONGEST) {
            throw refused("it has %d characters, and %d are accepted at most".formatted(text.length(), LONGEST));
        }
    }

    private PublicKey read(String base64) {
        requireShort(base64);
        byte[] content = tryDecode(base64)
                .orElseThrow(() -> refused("it is not Base64, in which the whole text of the key is expected"));
        if (content.length > 0 && content[0] == DER_SEQUENCE) {
            return key(SshKeys.ofX509(content), "");
        }
        return fromText(decoded(content).strip());
    }

    private PublicKey fromText(String text) {
        Matcher pem = PEM.matcher(text);
        if (pem.matches()) {
            return fromPem(pem.group(1), bytes(pem.group(2)));
        }
        Matcher rfc4716 = RFC_4716.matcher(text);
        if (rfc4716.matches()) {
            return fromRfc4716(rfc4716.group(1));
        }
        Matcher line = OPENSSH.matcher(text);
        if (line.matches()) {
            String comment = Optional.ofNullable(line.group(3)).orElse("").strip();
            PublicKey key = key(SshKeys.ofBlob(bytes(line.group(2))), comment);
            if (!key.type().label().equals(line.group(1))) {
                throw refused("it says '%s' and is of the type %s"
                        .formatted(line.group(1), key.type().label()));
            }
            return key;
        }
        if (BASE64.matcher(text).matches()) {
            return key(SshKeys.ofX509(bytes(text)), "");
        }
        throw refused("it is in none of the formats that are accepted: OpenSSH's (one line, without options before it),"
                + " RFC 4716, PEM or X.509");
    }

    private PublicKey fromPem(String label, byte[] content) {
        return switch (label) {
            case "PUBLIC KEY" -> key(SshKeys.ofX509(content), "");
            case "RSA PUBLIC KEY" -> key(SshKeys.ofPkcs1(content), "");
            default ->
                throw refused(
                        "it is a '%s', and a 'PUBLIC KEY' or 'RSA PUBLIC KEY' is expected, or the line of OpenSSH's .pub file"
                                .formatted(label));
        };
    }

    /** A backslash at the end of a header's line says that it goes on in the next one (RFC 4716, 3.3). */
    private PublicKey fromRfc4716(String body) {
        String comment = RFC_4716_HEADER
                .matcher(body)
                .results()
                .filter(header -> header.group(1).equalsIgnoreCase("Comment"))
                .map(header -> header.group(2).replaceAll("\\\\\\R", "").replaceAll("^\"|\"$", ""))
                .findFirst()
                .orElse("");
        return key(SshKeys.ofBlob(bytes(RFC_4716_HEADER.matcher(body).replaceAll(""))), comment);
    }

    private PublicKey key(Optional<byte[]> blob, String comment) {
        if (comment.chars().anyMatch(Character::isISOControl)) {
            throw refused("its comment has characters that cannot be seen");
        }
        byte[] read = blob.orElseThrow(() -> refused("it is no key of a type and size that is accepted: RSA of %d to %d"
                        .formatted(SshKeys.FEWEST_RSA_BITS, SshKeys.MOST_RSA_BITS)
                + " bits, Ed25519, or ECDSA on the curves nistp256, nistp384 and nistp521"));
        KeypairType type = KeypairType.tryParse(SshKeys.typeOf(read))
                .orElseThrow(() -> refused("its type is '%s', and one of %s is expected"
                        .formatted(
                                SshKeys.typeOf(read),
                                Arrays.stream(KeypairType.values())
                                        .map(KeypairType::label)
                                        .collect(Collectors.joining(", ")))));
        return new PublicKey(type, Base64.getEncoder().encodeToString(read), comment);
    }

    private byte[] bytes(String base64) {
        return tryDecode(base64).orElseThrow(() -> refused("what is inside it is not Base64"));
    }

    private static Optional<byte[]> tryDecode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(SPACE.matcher(base64).replaceAll("")));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private String decoded(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw refused("what is in the Base64 is neither text nor X.509");
        }
    }

    /** Never repeats the text: who mistakes a private key for a public one must not find it in a log. */
    private Refusal refused(String why) {
        return new Refusal(
                RefusalCode.PUBLIC_KEY_FORMAT, "The %s is not a public key that can be used: %s.", parameter, why);
    }
}
