package io.countersign.gateway.access;

import io.countersign.gateway.config.FileErrors;
import org.agrona.ErrorHandler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The JWKS file: read at start, and again when it changes. One that is no sound JWKS changes nothing; one without keys
 * comes into force as any other. For one thread at a time.
 */
public final class JwksFile
{
    private static final long CHECK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    /** Two writes within one tick of the file system's clock leave the same time behind. */
    private static final long SETTLED_MS = 2_000;

    private final Path file;
    private final ErrorHandler errorHandler;
    private JwkSet keys;
    private byte[] content;
    private Mark mark;
    private String lastError;
    private boolean hasChecked;
    private long checkedNs;

    /** What a look at the file tells without reading it. */
    private record Mark(long size, FileTime modified, Object fileKey, boolean isSettled)
    {
        static Mark of(final BasicFileAttributes attributes)
        {
            return new Mark(
                attributes.size(),
                attributes.lastModifiedTime(),
                attributes.fileKey(),
                SETTLED_MS < System.currentTimeMillis() - attributes.lastModifiedTime().toMillis());
        }
    }

    /**
     * Construct; nothing is read yet.
     *
     * @param file         path of the JWKS.
     * @param errorHandler is told once of each change that cannot be used, or leaves no key in force.
     */
    public JwksFile(final Path file, final ErrorHandler errorHandler)
    {
        this.file = file;
        this.errorHandler = errorHandler;
    }

    /**
     * Read the file for the first time.
     *
     * @throws JwksException when it cannot be used; may be tried again.
     */
    public void open() throws JwksException
    {
        content = null;
        mark = mark();
        load();
    }

    /**
     * Take over a changed file, at most once a second.
     *
     * @param nowNs monotonic time.
     * @return 1 when other keys came into force, else 0.
     */
    public int poll(final long nowNs)
    {
        if (hasChecked && nowNs - checkedNs < CHECK_INTERVAL_NS)
        {
            return 0;
        }
        hasChecked = true;
        checkedNs = nowNs;
        try
        {
            final Mark before = mark;
            mark = null;
            final Mark seen = mark();
            mark = seen;
            if (seen.equals(before) && seen.isSettled())
            {
                return 0;
            }
            final boolean isChanged = load();
            lastError = null;
            return isChanged ? 1 : 0;
        }
        catch (final JwksException ex)
        {
            if (!ex.getMessage().equals(lastError))
            {
                lastError = ex.getMessage();
                errorHandler.onError(new JwksException(ex.getMessage() + "; the keys before it stay in force"));
            }
            return 0;
        }
    }

    /**
     * The keys in force.
     *
     * @return null before the file was opened.
     */
    public JwkSet keys()
    {
        return keys;
    }

    private boolean load() throws JwksException
    {
        final byte[] bytes;
        try (InputStream in = Files.newInputStream(file))
        {
            bytes = in.readNBytes(JwkSet.MAX_LENGTH + 1);
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
        if (Arrays.equals(bytes, content))
        {
            return false;
        }
        keys = JwkSet.parse(file.toString(), bytes);
        content = bytes;
        if (keys.isEmpty())
        {
            errorHandler.onError(new JwksException(file + ": " + JwkSet.EMPTY));
        }
        return true;
    }

    private Mark mark() throws JwksException
    {
        try
        {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE))
            {
                throw new JwksException(file + ": everybody can write it, and so issue access tokens: run chmod o-w " +
                    file);
            }
            return Mark.of(Files.readAttributes(file, BasicFileAttributes.class));
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
    }

    private JwksException unreadable(final IOException cause)
    {
        return new JwksException(cause instanceof NoSuchFileException ?
            file + ": there is no such JWKS file" : file + ": cannot be read: " + FileErrors.reason(cause));
    }
}
