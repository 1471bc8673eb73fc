package dev.linkspan.server.api.ec2;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer of an action that has nothing to say but that it was done. */
public record Done(@JsonProperty("Return") boolean done) {

    public static final Done IT_IS = new Done(true);
}
