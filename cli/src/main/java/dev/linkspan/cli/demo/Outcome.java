package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Json;
import tools.jackson.databind.node.ObjectNode;

/** How a step of the story went. */
record Outcome(String step, String expected, String observed, boolean ok) {

    ObjectNode json() {
        return Json.object("step", step, "expected", expected, "observed", observed, "ok", ok);
    }
}
