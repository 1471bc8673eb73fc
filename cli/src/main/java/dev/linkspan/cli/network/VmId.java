package dev.linkspan.cli.network;

import java.util.regex.Pattern;

/** How the id of a VM looks. */
public final class VmId {

    private static final Pattern FORM = Pattern.compile("i-[0-9a-f]{8}");

    private VmId() {}

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
