package dev.linkspan.server.api.ec2;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer of an action that has nothing to say but that it was done. */
record Done(@JsonProperty("Return") boolean done) {

    static final Done IT_IS = new Done(true);
}
