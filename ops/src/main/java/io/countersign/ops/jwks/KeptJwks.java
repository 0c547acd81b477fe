package io.countersign.ops.jwks;

import io.countersign.gateway.access.JwkSet;
import io.countersign.gateway.access.JwksException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that a JWKS is kept in. It is replaced by renaming, after the new one is on the disk: whoever reads it finds
 * the old one or the new one, whatever happens in between.
 */
final class KeptJwks
{
    private final Path file;

    KeptJwks(final Path file)
    {
        this.file = file.toAbsolutePath();
    }

    /** Removes what processes have left that were killed while they replaced the file. */
    void removeLeftOvers()
    {
        final Pattern name = Pattern.compile(
            "\\." + Pattern.quote(file.getFileName().toString()) + "\\.([0-9]{1,18})\\.new");
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(file.getParent()))
        {
            for (final Path sibling : siblings)
            {
                final Matcher matcher = name.matcher(sibling.getFileName().toString());
                if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty())
                {
                    Files.deleteIfExists(sibling);
                }
            }
        }
        catch (final IOException | DirectoryIteratorException ex)
        {
            // They are in nobody's way.
        }
    }

    /**
     * Replace the file if the text is a sound JWKS and another one.
     *
     * @param name of where the text comes from, for errors.
     * @param json the text.
     * @return the new keys, or null when the file has this text already.
     * @throws JwksException when the text is not sound; the file stays as it is.
     * @throws IOException   when the file cannot be written.
     */
    JwkSet replace(final String name, final byte[] json) throws JwksException, IOException
    {
        final JwkSet keys = JwkSet.parse(name, json);
        if (Arrays.equals(json, current()))
        {
            return null;
        }
        removeLeftOvers();
        final Path temporary = file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try
        {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
            {
                final ByteBuffer buffer = ByteBuffer.wrap(json);
                while (buffer.hasRemaining())
                {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            // Public keys, for the gateway's user to read whatever the umask here is.
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
        }
        finally
        {
            Files.deleteIfExists(temporary);
        }
        return keys;
    }

    /** What is said of new keys. */
    String text(final JwkSet keys)
    {
        return file + (keys.isEmpty() ?
            " has no key that can be used" : " has the keys " + String.join(", ", keys.kids()));
    }

    Path file()
    {
        return file;
    }

    /** The text at present, or null when there is none. */
    private byte[] current() throws IOException
    {
        try
        {
            return Files.size(file) <= JwkSet.MAX_LENGTH ? Files.readAllBytes(file) : null;
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
    }

    private void syncDirectory() throws IOException
    {
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ))
        {
            directory.force(true);
        }
    }
}
