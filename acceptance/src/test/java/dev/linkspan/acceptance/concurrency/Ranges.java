package dev.linkspan.acceptance.concurrency;

/** IP ranges, as far as P4 is concerned. */
final class Ranges {

    private static final int ADDRESS_BITS = 32;

    private Ranges() {}

    static boolean overlap(String one, String other) {
        int prefix = Math.min(prefix(one), prefix(other));
        return network(one, prefix) == network(other, prefix);
    }

    private static int prefix(String range) {
        return Integer.parseInt(range.substring(range.indexOf('/') + 1));
    }

    private static long network(String range, int prefix) {
        long address = 0;
        for (String part : range.substring(0, range.indexOf('/')).split("\\.", -1)) {
            address = address << Byte.SIZE | Integer.parseInt(part);
        }
        return address >> ADDRESS_BITS - prefix;
    }
}
