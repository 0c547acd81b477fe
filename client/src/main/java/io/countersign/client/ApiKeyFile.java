package io.countersign.client;

import io.countersign.codecs.authentication.ApiKey;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads an API key from a file that only its owner can open. One line end after it is not part of it.
 */
final class ApiKeyFile
{
    private static final Set<PosixFilePermission> FOR_OWNER = Set.of(
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private ApiKeyFile()
    {
    }

    /**
     * Reads an API key.
     *
     * @param file with its text form.
     * @return the API key, which the caller closes.
     * @throws IllegalStateException where the file is missing, open to others, or holds no API key.
     */
    static ApiKey read(final Path file)
    {
        // Room for the line end and for one byte more, which shows that the file holds something else.
        final byte[] content = new byte[ApiKey.TEXT_LENGTH + 3];
        byte[] text = null;
        try
        {
            check(file);
            try (FileInputStream in = new FileInputStream(file.toFile()))
            {
                final int length = in.readNBytes(content, 0, content.length);
                text = Arrays.copyOf(content, lengthWithoutLineEnd(content, length));
            }

            final ApiKey apiKey = ApiKey.parse(text);
            if (null == apiKey)
            {
                throw new IllegalStateException("the API key file " + file + " holds no API key: put there what " +
                    "'countersign principals issue' prints");
            }

            return apiKey;
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("the API key file " + file + " cannot be read (" +
                ex.getClass().getSimpleName() + "): make it readable for the user that runs this bot");
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
            if (null != text)
            {
                Arrays.fill(text, (byte) 0);
            }
        }
    }

    private static void check(final Path file) throws IOException
    {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new IllegalStateException("the API key file " + file +
                " is missing or no regular file: write the API key there, with mode 0600");
        }

        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!FOR_OWNER.containsAll(permissions))
        {
            throw new IllegalStateException("the API key file " + file + " is open to others (" +
                PosixFilePermissions.toString(permissions) + "): run chmod 600 " + file);
        }
    }

    private static int lengthWithoutLineEnd(final byte[] content, final int length)
    {
        int end = length;
        if (end > 0 && '\n' == content[end - 1])
        {
            end--;
            if (end > 0 && '\r' == content[end - 1])
            {
                end--;
            }
        }

        return end;
    }
}
