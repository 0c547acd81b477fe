package io.countersign.gateway.register;

import java.nio.charset.StandardCharsets;

/**
 * HMAC-SHA256 under the register key, which never leaves its token.
 * <p>
 * The register has two kinds of text sealed, none of which is the beginning of another: {@link #ENTRY_KEY_TEXT}, and
 * {@link #SEAL_TEXT} followed by a SHA-256. The register key must serve for nothing else.
 */
@FunctionalInterface
public interface RegisterSeal
{
    /** The text whose MAC is the key of the lines' tags. */
    String ENTRY_KEY_TEXT = "countersign register entry key, version 1";

    /** How the text of a file's seal begins. */
    String SEAL_TEXT = "countersign register seal, version 1: ";

    /**
     * The MAC of a text.
     *
     * @param text less than 100 bytes.
     * @return 32 bytes, the caller's to keep.
     * @throws RegisterException when the token does not answer.
     */
    byte[] seal(byte[] text) throws RegisterException;

    /**
     * The key of the lines' tags.
     *
     * @return 32 bytes, which the caller zeroes after use.
     * @throws RegisterException when the token does not answer.
     */
    default byte[] entryKey() throws RegisterException
    {
        return seal(ENTRY_KEY_TEXT.getBytes(StandardCharsets.US_ASCII));
    }
}
