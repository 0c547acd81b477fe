package io.countersign.perf.peer;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * What all peers that are measured beside each other have in common: the token, the key in it and what is signed.
 *
 * @param module      PKCS#11 library.
 * @param tokenLabel  of the token.
 * @param tokenSerial of the token, or null for any.
 * @param pinFile     with the user's PIN, mode 0600.
 * @param key         in the token; its alias is the object's label.
 * @param payload     what is signed each time; not copied.
 */
public record PeerKey(Path module, String tokenLabel, String tokenSerial, Path pinFile, KeySpec key, byte[] payload)
{
    private static final String ANY = "-";

    /** How many arguments of a command line a key is. */
    static final int ARGUMENTS = 9;

    /** How many of those the program in C takes, from the first. */
    static final int NATIVE_ARGUMENTS = 7;

    /** As arguments of a process. */
    List<String> arguments()
    {
        final HexFormat hex = HexFormat.of();
        return List.of(
            module.toString(),
            tokenLabel,
            null == tokenSerial ? ANY : tokenSerial,
            pinFile.toString(),
            hex.formatHex(key.id()),
            key.algorithm().configName(),
            hex.formatHex(payload),
            key.alias(),
            hex.formatHex(key.pinned()));
    }

    /** What {@link #arguments()} gave. */
    static PeerKey of(final String... arguments)
    {
        final HexFormat hex = HexFormat.of();
        return new PeerKey(
            Path.of(arguments[0]),
            arguments[1],
            ANY.equals(arguments[2]) ? null : arguments[2],
            Path.of(arguments[3]),
            new KeySpec(
                arguments[7],
                1,
                hex.parseHex(arguments[4]),
                SigningAlgorithm.ofConfigName(arguments[5]),
                hex.parseHex(arguments[8])),
            hex.parseHex(arguments[6]));
    }
}
