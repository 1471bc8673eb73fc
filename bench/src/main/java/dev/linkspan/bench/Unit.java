package dev.linkspan.bench;

/** What a figure counts. */
enum Unit {
    SECONDS("s"),
    MILLISECONDS("ms"),
    MICROSECONDS("us"),
    KIBIBYTES("KiB"),
    MEBIBYTES("MiB"),
    GIGABITS_PER_SECOND("Gbit/s"),
    PER_SECOND("/s"),
    PER_COMMIT("per commit"),
    TIMES("x");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }
}
