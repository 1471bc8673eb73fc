package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.net.LaunchTemplate;
import java.util.List;
import java.util.Optional;

/** Reads the launch templates. */
public interface LaunchTemplateReader {

    Optional<LaunchTemplate> find(LaunchTemplateId id);

    List<LaunchTemplate> ofOwner(AccountId owner);

    int countOfOwner(AccountId owner);
}
