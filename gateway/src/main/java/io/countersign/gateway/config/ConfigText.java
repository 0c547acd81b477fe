package io.countersign.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The texts of configuration and policy files: bounded, UTF-8, and named by their SHA-256.
 */
final class ConfigText
{
    private ConfigText()
    {
    }

    static String read(final Path file, final String what) throws ConfigException
    {
        try (InputStream in = Files.newInputStream(file))
        {
            final byte[] bytes = in.readNBytes(ConfigReader.MAX_LENGTH + 1);
            checkLength(file, bytes.length);
            return decoded(file, bytes);
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigException(file + ": there is no such " + what + " file");
        }
        catch (final IOException ex)
        {
            throw new ConfigException(file + ": cannot be read: " + FileErrors.reason(ex));
        }
    }

    static void checkLength(final Path file, final String text) throws ConfigException
    {
        checkLength(file, text.getBytes(StandardCharsets.UTF_8).length);
    }

    static byte[] sha256(final String text)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private static String decoded(final Path file, final byte[] bytes) throws ConfigException
    {
        // As many chars as bytes is the most there can be.
        final CharBuffer text = CharBuffer.allocate(bytes.length);
        final CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError())
        {
            throw TextPosition.of(text, text.length()).error(file, "is not UTF-8 text from here on; expected UTF-8");
        }
        return text.toString();
    }

    private static void checkLength(final Path file, final int length) throws ConfigException
    {
        if (ConfigReader.MAX_LENGTH < length)
        {
            throw new ConfigException(
                file + ": is longer than " + ConfigReader.MAX_LENGTH + " bytes; expected at most that");
        }
    }
}
