package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.CommandException;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The options that describe a key which a token is to get, and the lines for the gateway's configuration.
 */
final class NewKey
{
    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description =
        "What bots and policies call the key.")
    private String alias;

    @Option(names = "--key-version", paramLabel = "N", defaultValue = "1", description =
        "Version of the key under that alias (default ${DEFAULT-VALUE}).")
    private int version;

    @Option(names = "--id", required = true, paramLabel = "HEX", description = "CKA_ID that the key gets.")
    private String id;

    @Option(names = "--algorithm", required = true, paramLabel = "NAME", description =
        "HMAC-SHA256, HMAC-SHA384, HMAC-SHA512, Ed25519, ECDSA-P256-SHA256, ECDSA-secp256k1-SHA256, " +
            "ECDSA-secp256k1-Keccak256 or RSA-2048-PKCS1-SHA256.")
    private String algorithm;

    @Option(names = "--venue", paramLabel = "NAME", description =
        "The venue that knows the key, for the printed configuration: for example binance-spot.")
    private String venue;

    @Option(names = "--api-key", paramLabel = "TEXT", description =
        "The venue's public id of the key, for the printed configuration.")
    private String apiKey;

    String alias()
    {
        return alias;
    }

    boolean hasVenue()
    {
        return null != venue || null != apiKey;
    }

    SigningAlgorithm signingAlgorithm()
    {
        final SigningAlgorithm signing = SigningAlgorithm.ofConfigName(algorithm);
        if (null == signing)
        {
            throw new CommandException("'" + algorithm + "' is no algorithm; expected one of " +
                Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::configName)
                    .collect(Collectors.joining(", ")));
        }

        return signing;
    }

    byte[] keyId()
    {
        return parseId(id);
    }

    /**
     * A {@code CKA_ID} as people write it.
     *
     * @param id hexadecimal digits.
     * @return its bytes.
     */
    static byte[] parseId(final String id)
    {
        try
        {
            return HexFormat.of().parseHex(id);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(
                "--id '" + id + "' is not hexadecimal; expected an even number of digits, like 01");
        }
    }

    /**
     * Prints an item of {@code keys}.
     *
     * @param out    to print to.
     * @param token  that the item names, or null where it need not.
     * @param pinned public key or check value.
     */
    void print(final PrintWriter out, final String token, final byte[] pinned)
    {
        printFields(out, "  - ", token, pinned);
        out.println(null == venue ? "    # venue: still to be named, for example binance-spot" : "    venue: " + venue);
        out.println(
            null == apiKey ? "    # api-key: still to be named, the venue's public id" : "    api-key: " + apiKey);
        out.flush();
    }

    /**
     * Prints {@code master-key}, an entry of {@code authentication}.
     *
     * @param out    to print to.
     * @param token  that it names, or null where it need not.
     * @param pinned check value.
     */
    void printMasterKey(final PrintWriter out, final String token, final byte[] pinned)
    {
        out.println("  master-key:");
        printFields(out, "    ", token, pinned);
        out.flush();
    }

    private void printFields(final PrintWriter out, final String first, final String token, final byte[] pinned)
    {
        final SigningAlgorithm signing = signingAlgorithm();
        out.println(first + "alias: " + alias);
        out.println("    version: " + version);
        if (null != token)
        {
            out.println("    token: " + token);
        }
        out.println("    id: \"" + id.toLowerCase(Locale.ROOT) + "\"");
        out.println("    algorithm: " + signing.configName());
        out.println(signing.isMac() ?
            "    check-value: \"" + HexFormat.of().formatHex(pinned) + "\"" :
            "    public-key: \"" + Base64.getEncoder().encodeToString(pinned) + "\"");
    }
}
