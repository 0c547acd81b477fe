package io.countersign.venues;

import io.countersign.venues.evm.Secp256k1Key;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a venue needs to know of a key: its public id at the venue, how its signatures are written, and what
 * configuration fixes for it. Of what it holds only the passphrase is to be kept from others. Immutable.
 */
public final class VenueKey
{
    /** Longest API key id, passphrase and parameter in bytes. */
    public static final int MAX_TEXT_LENGTH = 256;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final UnsafeBuffer apiKey;
    private final UnsafeBuffer passphrase;
    private final UnsafeBuffer[] parameters;
    private final KeyAlgorithm algorithm;
    private final SignatureEncoding encoding;
    private final long fixedUtcNs;
    private final boolean isExample;
    private final long nonceSeed;
    private final UnsafeBuffer exampleNonce;
    private final Secp256k1Key secp256k1;

    private VenueKey(final Builder builder)
    {
        apiKey = text("API key", builder.apiKey, false);
        passphrase = null == builder.passphrase ? null : text("passphrase", builder.passphrase, true);
        parameters = builder.parameters.stream()
            .map((value) -> text("parameter", value, false)).toArray(UnsafeBuffer[]::new);
        algorithm = builder.algorithm;
        encoding = builder.encoding;
        isExample = null != builder.fixedTimestampMs;
        fixedUtcNs = isExample ? Math.multiplyExact(builder.fixedTimestampMs, NANOS_PER_MILLI) : 0;
        nonceSeed = builder.nonceSeed;
        exampleNonce = null == builder.exampleNonce ? null : text("nonce", builder.exampleNonce, false);
        secp256k1 = builder.secp256k1;
    }

    private VenueKey(
        final VenueKey other, final UnsafeBuffer apiKey, final UnsafeBuffer passphrase, final Secp256k1Key secp256k1)
    {
        this.apiKey = apiKey;
        this.passphrase = passphrase;
        parameters = other.parameters;
        algorithm = other.algorithm;
        encoding = other.encoding;
        isExample = other.isExample;
        fixedUtcNs = other.fixedUtcNs;
        nonceSeed = other.nonceSeed;
        exampleNonce = other.exampleNonce;
        this.secp256k1 = secp256k1;
    }

    /**
     * Begin a key.
     *
     * @param apiKey    the venue's public id of the key: printable ASCII without spaces.
     * @param algorithm that it signs with.
     * @param encoding  of its signatures, as {@link Venue#keyRule} has it.
     * @return what makes it.
     */
    public static Builder builder(final String apiKey, final KeyAlgorithm algorithm, final SignatureEncoding encoding)
    {
        return new Builder(apiKey, algorithm, encoding);
    }

    /**
     * The venue's public id of the key.
     *
     * @return its bytes, ASCII.
     */
    public DirectBuffer apiKey()
    {
        return apiKey;
    }

    /**
     * What the key signs with.
     *
     * @return the algorithm.
     */
    public KeyAlgorithm algorithm()
    {
        return algorithm;
    }

    /**
     * How signatures of this key are written.
     *
     * @return the encoding.
     */
    public SignatureEncoding encoding()
    {
        return encoding;
    }

    /**
     * The passphrase in the form in which requests carry it.
     *
     * @return its bytes, ASCII; null when there is none.
     */
    public DirectBuffer passphrase()
    {
        return passphrase;
    }

    /**
     * The same key with another passphrase.
     *
     * @param value in the form in which requests carry it: printable ASCII, no space at its ends.
     * @return a new one.
     */
    public VenueKey withPassphrase(final String value)
    {
        return new VenueKey(this, apiKey, text("passphrase", value, true), secp256k1);
    }

    /**
     * Another version of the key, as the venue knows it.
     *
     * @param nextApiKey    the venue's public id of it: printable ASCII without spaces.
     * @param nextSecp256k1 see {@link Builder#secp256k1}; null for other algorithms.
     * @return a new one, with the same passphrase and parameters.
     */
    public VenueKey withApiKey(final String nextApiKey, final Secp256k1Key nextSecp256k1)
    {
        return new VenueKey(this, text("API key", nextApiKey, false), passphrase, nextSecp256k1);
    }

    /**
     * What configuration fixed for this key.
     *
     * @param index in {@link Venue#parameters()}.
     * @return its bytes, ASCII.
     */
    public DirectBuffer parameter(final int index)
    {
        return parameters[index];
    }

    /**
     * How many parameters the key has.
     *
     * @return the number.
     */
    public int parameterCount()
    {
        return parameters.length;
    }

    /**
     * The time that a request signed with this key is to carry.
     *
     * @param nowNs UTC nanoseconds since 1970.
     * @return the fixed time of this key if it has one, else the given time.
     */
    public long utcNs(final long nowNs)
    {
        return isExample ? fixedUtcNs : nowNs;
    }

    /**
     * Whether requests carry a fixed time, which makes them reproduce published examples and no venue take them.
     *
     * @return true for a key of examples.
     */
    public boolean isExample()
    {
        return isExample;
    }

    /**
     * What makes this life's nonces differ from those of any other where they are more than a number.
     *
     * @return 64 bits, random unless given.
     */
    public long nonceSeed()
    {
        return nonceSeed;
    }

    /**
     * A text that stands in every request in place of its nonce, which makes them reproduce published examples and no
     * venue take a second one.
     *
     * @return its bytes, ASCII; null when there is none, as for every key of a gateway.
     */
    public DirectBuffer exampleNonce()
    {
        return exampleNonce;
    }

    /**
     * The public key that signatures are checked with where the venue wants them in a form that needs it.
     *
     * @return the public key; null when it was not given.
     */
    public Secp256k1Key secp256k1()
    {
        return secp256k1;
    }

    private static UnsafeBuffer text(final String what, final String text, final boolean maySpace)
    {
        if (text.isEmpty() || text.length() > MAX_TEXT_LENGTH)
        {
            throw new IllegalArgumentException(what + " of " + text.length() + " characters, 1 to " +
                MAX_TEXT_LENGTH + " expected");
        }
        if (!text.chars().allMatch((c) -> c > ' ' && c < 0x7F || maySpace && c == ' ') || !text.equals(text.strip()))
        {
            // It goes into a header line, where a line feed would begin another header.
            throw new IllegalArgumentException(what + " has characters other than printable ASCII" +
                (maySpace ? ", or a space at an end" : " without spaces"));
        }
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Makes a {@link VenueKey}. */
    public static final class Builder
    {
        private final String apiKey;
        private final KeyAlgorithm algorithm;
        private final SignatureEncoding encoding;
        private String passphrase;
        private List<String> parameters = List.of();
        private Long fixedTimestampMs;
        private String exampleNonce;
        private Secp256k1Key secp256k1;
        private long nonceSeed = RANDOM.nextLong();

        private Builder(final String apiKey, final KeyAlgorithm algorithm, final SignatureEncoding encoding)
        {
            this.apiKey = apiKey;
            this.algorithm = algorithm;
            this.encoding = encoding;
        }

        /**
         * The passphrase.
         *
         * @param value in the form in which requests carry it: printable ASCII, no space at its ends; null for none.
         * @return this.
         */
        public Builder passphrase(final String value)
        {
            passphrase = value;
            return this;
        }

        /**
         * What configuration fixes.
         *
         * @param values in the order of {@link Venue#parameters()}, printable ASCII without spaces.
         * @return this.
         */
        public Builder parameters(final List<String> values)
        {
            parameters = values;
            return this;
        }

        /**
         * A time that stands in every request in place of the present one: for published examples.
         *
         * @param value milliseconds since 1970, or null.
         * @return this.
         */
        public Builder fixedTimestampMs(final Long value)
        {
            fixedTimestampMs = value;
            return this;
        }

        /**
         * The public key that signatures are checked with: of {@link KeyAlgorithm#ECDSA_SECP256K1_KECCAK256} and
         * {@link KeyAlgorithm#ECDSA_SECP256K1}.
         *
         * @param value the key; null for other algorithms.
         * @return this.
         */
        public Builder secp256k1(final Secp256k1Key value)
        {
            secp256k1 = value;
            return this;
        }

        /**
         * What makes nonces differ that are more than a number, in place of something random.
         *
         * @param value 64 bits.
         * @return this.
         */
        public Builder nonceSeed(final long value)
        {
            nonceSeed = value;
            return this;
        }

        /**
         * A text that stands in every request in place of its nonce: for published examples.
         *
         * @param value printable ASCII without spaces, or null.
         * @return this.
         */
        public Builder exampleNonce(final String value)
        {
            exampleNonce = value;
            return this;
        }

        /**
         * The key.
         *
         * @return a new one.
         * @throws IllegalArgumentException when a text is empty, too long or not printable ASCII, or the time is too
         * far away.
         */
        public VenueKey build()
        {
            try
            {
                return new VenueKey(this);
            }
            catch (final ArithmeticException ex)
            {
                throw new IllegalArgumentException("timestamp " + fixedTimestampMs + " beyond the year 2262", ex);
            }
        }
    }
}
