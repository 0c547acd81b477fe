package io.countersign.perf.peer;

import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The null token ({@code null_token.c}): a PKCS#11 module for measuring only, which answers with a constant at once or
 * after a set delay. What it says to texts that begin with {@code "countersign "} is true, so that a gateway opens it
 * as it opens any token, and derives API keys with its master key.
 */
public final class NullToken
{
    /** Label of the token unless the environment sets another. */
    public static final String LABEL = "null";

    /** Environment variable of the process that opens the module: how long a signature takes at least, in ns. */
    public static final String DELAY_ENV_NAME = "COUNTERSIGN_NULL_TOKEN_DELAY_NS";

    /** How many keys there are to measure with. */
    public static final int MEASURED_KEYS = 4;

    /** What each signature is, whatever is signed. */
    static final byte CONSTANT = (byte) 0xC5;

    private static final byte MASTER_ID = (byte) 0xC0;
    private static final byte REGISTER_ID = (byte) 0xC1;

    private NullToken()
    {
    }

    /**
     * The library.
     *
     * @param nativeDirectory with what {@code make native} built.
     * @return its path.
     */
    public static Path module(final Path nativeDirectory)
    {
        return nativeDirectory.resolve("libnull_token.so");
    }

    /**
     * A key to measure with, alias {@code measured-1} and so on.
     *
     * @param number 1 to {@link #MEASURED_KEYS}.
     * @return the key.
     */
    public static KeySpec measured(final int number)
    {
        return key("measured-" + number, (byte) number);
    }

    /**
     * The key to derive API keys with, alias {@code master}.
     *
     * @return the key.
     */
    public static KeySpec master()
    {
        return key("master", MASTER_ID);
    }

    /**
     * The key to seal the register with, alias {@code register}.
     *
     * @return the key.
     */
    public static KeySpec register()
    {
        return key("register", REGISTER_ID);
    }

    /** The secret of a key, which is none. */
    static byte[] secret(final String alias)
    {
        return ("null token key " + alias).getBytes(StandardCharsets.US_ASCII);
    }

    private static KeySpec key(final String alias, final byte id)
    {
        final byte[] checkValue =
            HmacSha256.mac(secret(alias), KeySpec.CHECK_VALUE_TEXT.getBytes(StandardCharsets.US_ASCII));
        return new KeySpec(alias, 1, new byte[]{ id }, SigningAlgorithm.HMAC_SHA256,
            Arrays.copyOf(checkValue, KeySpec.CHECK_VALUE_LENGTH));
    }
}
