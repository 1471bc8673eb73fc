package dev.linkspan.server.lifecycle;

/** A Net as the model knows it. */
final class ModelNet {

    final String name;
    final String region;
    final String range;
    final String owner;
    boolean gone;
    boolean hasSubnet;
    int vms;

    ModelNet(String name, String region, String range, String owner) {
        this.name = name;
        this.region = region;
        this.range = range;
        this.owner = owner;
    }

    /** Whether they share an address (P4). */
    boolean overlaps(ModelNet other) {
        return first() <= other.last() && other.first() <= last();
    }

    private long first() {
        long address = 0;
        for (String part : range.substring(0, range.indexOf('/')).split("\\.", -1)) {
            address = address * 256 + Long.parseLong(part);
        }
        return address;
    }

    private long last() {
        int length = Integer.parseInt(range.substring(range.indexOf('/') + 1));
        return first() + (1L << (32 - length)) - 1;
    }

    @Override
    public String toString() {
        return name;
    }
}
