package dev.linkspan.cli.wire;

/** How a command ended: its exit code and what it printed on standard output. */
record CommandResult(int code, String output) {}
