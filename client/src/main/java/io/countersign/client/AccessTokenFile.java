package io.countersign.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads an access token from the file that whoever fetches it from the identity provider keeps it in. White space
 * around it is not part of it.
 */
public final class AccessTokenFile
{
    /** Longest access token in bytes that a gateway takes. */
    public static final int MAX_LENGTH = 3_500;

    private static final int MAX_SPACE = 64;

    private AccessTokenFile()
    {
    }

    /**
     * Reads an access token.
     *
     * @param file with a JWT in compact form.
     * @return its bytes.
     * @throws IllegalStateException where the file cannot be read, or holds nothing or too much.
     */
    public static byte[] read(final Path file)
    {
        final byte[] content;
        try (InputStream in = Files.newInputStream(file))
        {
            content = in.readNBytes(MAX_LENGTH + MAX_SPACE + 1);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("the access token file " + file + " cannot be read (" +
                ex.getClass().getSimpleName() + "): make it readable for the user that runs this bot");
        }

        int start = 0;
        int end = content.length;
        while (start < end && content[start] <= ' ')
        {
            start++;
        }

        while (start < end && content[end - 1] <= ' ')
        {
            end--;
        }

        if (start == end || end - start > MAX_LENGTH)
        {
            throw new IllegalStateException("the access token file " + file + " holds no access token: expected 1 to " +
                MAX_LENGTH + " bytes");
        }

        return Arrays.copyOfRange(content, start, end);
    }
}
