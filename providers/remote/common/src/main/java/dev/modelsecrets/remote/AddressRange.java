package dev.modelsecrets.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}, or one address.
 *
 * <p>No name is looked up. Immutable.
 */
final class AddressRange {

    /** What the JDK takes for an address; anything else it would look up. */
    private static final Pattern V4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private final byte[] first;
    private final int prefix;

    private AddressRange(byte[] first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /** Reads an address, with or without the length of a prefix; empty if it is neither. */
    static Optional<AddressRange> of(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int longest = address.get().length * 8;
        String length = slash < 0 ? String.valueOf(longest) : text.substring(slash + 1);
        return length.matches("\\d{1,3}") && Integer.parseInt(length) <= longest
                ? Optional.of(new AddressRange(address.get(), Integer.parseInt(length)))
                : Optional.empty();
    }

    private static Optional<byte[]> address(String literal) {
        if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Tells whether a host of a URI is an address in here; a name is not. */
    boolean contains(String host) {
        return address(host.replaceAll("[\\[\\]]", "")).filter(this::contains).isPresent();
    }

    private boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
