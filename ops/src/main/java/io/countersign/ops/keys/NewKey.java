package io.countersign.ops.keys;

import io.countersign.codecs.CommandText;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.CommandException;
import io.countersign.ops.operators.OperatorCommands;
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

    @Option(names = "--key-version", paramLabel = "N", description =
        "Version of the key under that alias (default 1; with --operator the next).")
    private Integer version;

    @Option(names = "--id", paramLabel = "HEX", description =
        "CKA_ID that the key gets. Required, but for 'generate' with --operator: the gateway chooses it then.")
    private String id;

    @Option(names = "--algorithm", paramLabel = "NAME", description =
        "HMAC-SHA256, HMAC-SHA384, HMAC-SHA512, Ed25519, ECDSA-P256-SHA256, ECDSA-secp256k1-SHA256, " +
            "ECDSA-secp256k1-Keccak256 or RSA-2048-PKCS1-SHA256. Required, but for 'generate' with --operator where " +
            "the configuration says it.")
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

    /** 1 unless another is given. */
    int version()
    {
        return null == version ? 1 : version;
    }

    boolean hasId()
    {
        return null != id;
    }

    boolean hasVenue()
    {
        return null != venue || null != apiKey;
    }

    SigningAlgorithm signingAlgorithm()
    {
        if (null == algorithm)
        {
            throw new CommandException("Missing required option: '--algorithm=NAME'");
        }
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
        if (null == id)
        {
            throw new CommandException("Missing required option: '--id=HEX'");
        }
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
     * The command that has a running gateway make the key.
     *
     * @param token      that is named, or null.
     * @param registered what else is to be known.
     * @param comment    why, or null.
     * @return the text.
     */
    CommandText generation(final String token, final RegisteredKey registered, final String comment)
    {
        return OperatorCommands.text("keys generate",
            "alias", alias,
            "version", null == version ? null : version.toString(),
            "token", token,
            "algorithm", null == algorithm ? null : signingAlgorithm().configName(),
            "venue", venue,
            "api-key", apiKey,
            "recoverable", registered.recoverable(),
            "high-value", registered.highValue(),
            "comment", comment);
    }

    /**
     * The command that tells a running gateway of the key.
     *
     * @param token      that is named, or null.
     * @param pinned     public key or check value.
     * @param registered what else is to be known.
     * @param comment    why, or null.
     * @return the text.
     */
    CommandText registration(
        final String token, final byte[] pinned, final RegisteredKey registered, final String comment)
    {
        final boolean isMac = signingAlgorithm().isMac();
        return OperatorCommands.text("keys register",
            "alias", alias,
            "version", null == version ? null : version.toString(),
            "token", token,
            "id", id.toLowerCase(Locale.ROOT),
            "algorithm", signingAlgorithm().configName(),
            isMac ? "check-value" : "public-key",
            isMac ? HexFormat.of().formatHex(pinned) : Base64.getEncoder().encodeToString(pinned),
            "venue", venue,
            "api-key", apiKey,
            "recoverable", registered.recoverable(),
            "high-value", registered.highValue(),
            "comment", comment);
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
        out.println("    version: " + version());
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
