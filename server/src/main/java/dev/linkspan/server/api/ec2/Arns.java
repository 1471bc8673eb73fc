package dev.linkspan.server.api.ec2;

import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.ResourceTypes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** What clients call accounts, roles and sessions (AWS IAM User Guide, IAM identifiers), and resources of EC2. */
public final class Arns {

    private static final int ID_LENGTH = 17;

    private Arns() {}

    /** @param owner whose resource it is */
    public static String of(RegionName region, AccountId owner, ResourceId id) {
        return "arn:aws:ec2:%s:%s:%s/%s".formatted(region, owner, ResourceTypes.ec2(id), id.value());
    }

    public static String of(AccountId account) {
        return "arn:aws:iam::%s:root".formatted(account);
    }

    public static String of(Role role) {
        return "arn:aws:iam::%s:role/%s".formatted(role.account(), role.name());
    }

    public static String of(RoleSession session) {
        Role role = session.role();
        return "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.account(), role.name(), session.name());
    }

    /** {@code AROA...:NAME}: the role's id, which is always the same for the same role, and the session's name. */
    public static String id(RoleSession session) {
        String digest = UUID.nameUUIDFromBytes(of(session.role()).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .toUpperCase(Locale.ROOT);
        return "AROA%s:%s".formatted(digest.substring(0, ID_LENGTH), session.name());
    }
}
