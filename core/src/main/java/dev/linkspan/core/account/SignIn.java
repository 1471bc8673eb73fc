package dev.linkspan.core.account;

import dev.linkspan.core.id.AccessKeyId;

/** How somebody showed to be an account when a session was opened: what the session stands and falls with. */
public sealed interface SignIn {

    record ByPassword() implements SignIn {}

    record ByAccessKey(AccessKeyId key) implements SignIn {}

    /** Not at all, in the developer's mode (A6). */
    record Unchecked() implements SignIn {}
}
