package dev.linkspan.server.api.own;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.server.api.json.Required;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of the OUTSCALE API that is not made, only thought through.
 *
 * @param arguments as they would be sent
 * @param accountId whose call it would be: the operator says it, an account plans its own
 */
record PlannedCall(@Required String call, @Required ObjectNode arguments, Optional<AccountId> accountId) {}
