package dev.linkspan.core.net;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of orders of VMs that an account keeps under a name, in versions.
 *
 * @param name no other one of the account in this Region has it
 * @param defaultVersion the number of the version that is meant where none is named
 * @param versions by their numbers; at least one
 * @param clientToken by which the order that made it is recognised when it is repeated
 */
public record LaunchTemplate(
        LaunchTemplateId id,
        AccountId owner,
        String name,
        int defaultVersion,
        List<Version> versions,
        Optional<String> clientToken,
        Instant createdAt) {

    /**
     * What the parameters were at one time.
     *
     * @param data as the EC2 API has written them down, which alone reads them
     */
    public record Version(int number, Optional<String> description, String data, Instant createdAt) {}

    public LaunchTemplate {
        versions = List.copyOf(versions);
    }

    public Version latest() {
        return versions.getLast();
    }

    public Optional<Version> version(int number) {
        return versions.stream().filter(it -> it.number() == number).findFirst();
    }

    /** With one more version, which is not the default one. */
    public LaunchTemplate withVersion(Optional<String> description, String data, Instant now) {
        List<Version> more = new ArrayList<>(versions);
        more.add(new Version(latest().number() + 1, description, data, now));
        return new LaunchTemplate(id, owner, name, defaultVersion, more, clientToken, createdAt);
    }

    public LaunchTemplate withDefaultVersion(int changed) {
        return new LaunchTemplate(id, owner, name, changed, versions, clientToken, createdAt);
    }
}
