package io.countersign.gateway.journal;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own for a test, mounted below a directory of the test. Needs the right to mount, which root has:
 * without it the test is skipped, and says so.
 */
public final class SmallDisk implements AutoCloseable
{
    private final Path mountPoint;

    private SmallDisk(final Path mountPoint)
    {
        this.mountPoint = mountPoint;
    }

    /** In memory, of a fixed size. */
    public static SmallDisk tmpfs(final Path mountPoint, final int sizeMib)
    {
        return mount(mountPoint, "-t", "tmpfs", "-o", "size=" + sizeMib + "m,mode=700", "tmpfs");
    }

    /** Ext4 in a file, by a loop device; made where the file does not exist. */
    static SmallDisk ext4(final Path image, final Path mountPoint, final int sizeMib)
    {
        if (!Files.exists(image))
        {
            runOrSkip("truncate", "-s", sizeMib + "M", image.toString());
            runOrSkip("mkfs.ext4", "-q", "-F", image.toString());
        }
        return mount(mountPoint, "-o", "loop", image.toString());
    }

    private static SmallDisk mount(final Path mountPoint, final String... arguments)
    {
        try
        {
            Files.createDirectories(mountPoint);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        final String[] command = new String[arguments.length + 2];
        command[0] = "mount";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[command.length - 1] = mountPoint.toString();
        runOrSkip(command);
        return new SmallDisk(mountPoint);
    }

    public Path path()
    {
        return mountPoint;
    }

    /** The device behind it, {@code loop0}. */
    String device()
    {
        final String source = run("findmnt", "-n", "-o", "SOURCE", mountPoint.toString()).strip();
        return source.substring(source.lastIndexOf('/') + 1);
    }

    /** How often the file system has had a device empty its cache. */
    long flushes()
    {
        try
        {
            final String[] fields = Files.readString(Path.of("/sys/block", device(), "stat")).strip().split("\\s+");
            return Long.parseLong(fields[15]);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        run("umount", "-l", mountPoint.toString());
    }

    private static void runOrSkip(final String... command)
    {
        try
        {
            run(command);
        }
        catch (final AssertionError ex)
        {
            Assumptions.abort(ex.getMessage());
        }
    }

    private static String run(final String... command)
    {
        final String what = String.join(" ", command);
        try
        {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || 0 != process.exitValue())
            {
                throw new AssertionError(
                    "this test mounts file systems, and '" + what + "' says: " + output.strip() + "; run it as root");
            }
            return output;
        }
        catch (final IOException | InterruptedException ex)
        {
            throw new AssertionError(what, ex);
        }
    }
}
