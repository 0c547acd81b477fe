package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_APPLICATION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the token which register file is the newest, so that an older one put in its place is noticed. It is a
 * private data object (PKCS#11 v2.40, section 4.5) with the label {@value #LABEL}, the application
 * {@value #APPLICATION} and as its value the text {@code generation digest}: a decimal number, a blank, 64 hexadecimal
 * digits.
 * <p>
 * A value that the token does not change in place is written by a new object before the old one is destroyed. Two
 * objects with neighbouring generations are what a process leaves that ended in between: the higher one counts, and the
 * next {@link #write} destroys the other. Any other two are refused. On the connector's thread.
 */
public final class TokenAnchor
{
    /** Label of the data object. */
    public static final String LABEL = "countersign register";

    /** Application of the data object. */
    public static final String APPLICATION = "countersign";

    private static final Pattern VALUE = Pattern.compile("(0|[1-9][0-9]{0,17}) ([0-9a-f]{64})");

    private final TokenSession session;
    private Boolean isSupported;

    /**
     * In one token.
     *
     * @param session with the user logged in.
     */
    TokenAnchor(final TokenSession session)
    {
        this.session = session;
    }

    /**
     * What was written last.
     *
     * @param generation of the register.
     * @param digest     SHA-256 of its file, 32 bytes.
     */
    public record Entry(long generation, byte[] digest)
    {
        private static final int DIGEST_LENGTH = 32;

        /**
         * Checks and copies.
         *
         * @param generation of the register, at least 0.
         * @param digest     SHA-256 of its file.
         */
        public Entry
        {
            if (generation < 0 || DIGEST_LENGTH != digest.length)
            {
                throw new IllegalArgumentException(
                    "generation " + generation + ", digest of " + digest.length + " bytes");
            }
            digest = digest.clone();
        }

        /**
         * SHA-256 of the file.
         *
         * @return a copy.
         */
        @Override
        public byte[] digest()
        {
            return digest.clone();
        }

        @Override
        public boolean equals(final Object other)
        {
            return other instanceof Entry that && generation == that.generation && Arrays.equals(digest, that.digest);
        }

        @Override
        public int hashCode()
        {
            return Long.hashCode(generation) ^ Arrays.hashCode(digest);
        }

        @Override
        public String toString()
        {
            return generation + " " + HexFormat.of().formatHex(digest);
        }
    }

    /**
     * Whether the token keeps data objects. Tried once, with an object that is destroyed at once, unless there is an
     * anchor already.
     *
     * @return false when it does not, like NSS softokn.
     * @throws TokenException when the token is lost.
     */
    public boolean isSupported() throws TokenException
    {
        if (null == isSupported)
        {
            isSupported = 0 != find().length || isTrialGood();
        }

        return isSupported;
    }

    /**
     * What was written last.
     *
     * @return null when nothing was.
     * @throws TokenException when the token does not answer, or holds what is no anchor, or two that disagree.
     */
    public Entry read() throws TokenException
    {
        final long[] objects = find();
        return 0 == objects.length ? null : entry(newest(objects));
    }

    /**
     * Write what {@link #read} gives from now on.
     *
     * @param generation of the register.
     * @param digest     SHA-256 of its file, 32 bytes.
     * @throws TokenException when the token does not take it, or holds what is no anchor.
     */
    public void write(final long generation, final byte[] digest) throws TokenException
    {
        final byte[] value = new Entry(generation, digest).toString().getBytes(StandardCharsets.US_ASCII);
        final long[] objects = find();
        final long newest = 0 == objects.length ? 0 : newest(objects);
        if (1 == objects.length && isChanged(newest, value))
        {
            return;
        }

        // Those that an earlier process left go first: never are there more than two.
        destroyAllBut(newest, objects);
        session.create(template(LABEL, value));
        if (0 != objects.length)
        {
            session.destroy(newest);
        }
    }

    /**
     * Forget what was written, for a register that never came to be.
     *
     * @throws TokenException when the token refuses.
     */
    public void discard() throws TokenException
    {
        for (final long object : find())
        {
            session.destroy(object);
        }
    }

    private long[] find() throws TokenException
    {
        return session.find(
            Attributes.of(CKA_CLASS, CKO_DATA),
            Attributes.of(CKA_LABEL, LABEL.toCharArray()),
            Attributes.of(CKA_APPLICATION, APPLICATION.toCharArray()));
    }

    private long newest(final long... objects) throws TokenException
    {
        if (1 == objects.length)
        {
            return objects[0];
        }

        final long first = entry(objects[0]).generation();
        final long second = entry(objects[1]).generation();
        if (2 != objects.length || 1 != Math.abs(first - second))
        {
            throw new TokenException(name() + " is there " + objects.length + " times: find out which one belongs to " +
                "the register file and destroy the others with the tools of the token");
        }

        return first > second ? objects[0] : objects[1];
    }

    private Entry entry(final long object) throws TokenException
    {
        final byte[] value = new ObjectReading(session, CKA_VALUE).read(object)[0];
        final Matcher matcher =
            VALUE.matcher(null == value ? "" : new String(value, StandardCharsets.ISO_8859_1));
        if (!matcher.matches())
        {
            throw new TokenException(name() + " does not say a generation and a digest: something else has written " +
                "it; destroy it with the tools of the token when the register file is known to be good");
        }

        return new Entry(Long.parseLong(matcher.group(1)), HexFormat.of().parseHex(matcher.group(2)));
    }

    private boolean isChanged(final long object, final byte[] value) throws TokenException
    {
        try
        {
            session.pkcs11().C_SetAttributeValue(
                session.handle(), object, new CK_ATTRIBUTE[]{ Attributes.of(CKA_VALUE, value) }, true);
            return true;
        }
        catch (final PKCS11Exception ex)
        {
            if (ReturnValue.isTokenLost(ex.getErrorCode()))
            {
                throw TokenSession.failure(session.token(), "C_SetAttributeValue", ex.getErrorCode());
            }

            return false;
        }
    }

    private void destroyAllBut(final long kept, final long... objects) throws TokenException
    {
        for (final long object : objects)
        {
            if (kept != object)
            {
                session.destroy(object);
            }
        }
    }

    private boolean isTrialGood() throws TokenException
    {
        try
        {
            session.destroy(session.create(template(LABEL + " trial", LABEL.getBytes(StandardCharsets.US_ASCII))));
            return true;
        }
        catch (final TokenException ex)
        {
            if (ReturnValue.isTokenLost(ex.returnValue()))
            {
                throw ex;
            }

            return false;
        }
    }

    private String name()
    {
        return "the data object \"" + LABEL + "\" of token \"" + session.token().label() + "\"";
    }

    private static CK_ATTRIBUTE[] template(final String label, final byte[] value)
    {
        return new CK_ATTRIBUTE[]
        {
            Attributes.of(CKA_CLASS, CKO_DATA),
            Attributes.of(CKA_TOKEN, true),
            Attributes.of(CKA_PRIVATE, true),
            Attributes.of(CKA_MODIFIABLE, true),
            Attributes.of(CKA_LABEL, label.toCharArray()),
            Attributes.of(CKA_APPLICATION, APPLICATION.toCharArray()),
            Attributes.of(CKA_VALUE, value)
        };
    }
}
