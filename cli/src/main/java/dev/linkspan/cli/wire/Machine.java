package dev.linkspan.cli.wire;

/**
 * A VM that packets leave from or go to.
 *
 * @param name what people call it, such as {@code shop-a}
 * @param id its VM id
 * @param address its private address
 */
public record Machine(String name, String id, String address) {}
