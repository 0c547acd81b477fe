package io.countersign.hsm;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A PIN in a mounted Kubernetes secret. There, {@code pin} is a link to {@code ..data/pin} and {@code ..data} one to
 * {@code ..2026_01_31_12_00_00.123}, which the kubelet replaces at once when the secret changes. The links must end
 * within the mount, and others than owner and group must have no right to what they end at: with an {@code fsGroup} the
 * kubelet gives the group of the pod the right to read, whatever the mode in the manifest says.
 *
 * @param file in the directory of the mount.
 */
record MountedPin(Path file) implements PinSource
{
    @Override
    public Kind kind()
    {
        return Kind.MOUNT;
    }

    @Override
    public char[] read() throws PinFileException
    {
        return PinFile.read(target(), PinFile.Strictness.GROUP_MAY_READ);
    }

    @Override
    public String toString()
    {
        return file.toString();
    }

    private Path target() throws PinFileException
    {
        try
        {
            final Path directory = file.toAbsolutePath().getParent().toRealPath();
            final Path target = file.toRealPath();
            if (!target.startsWith(directory))
            {
                throw new PinFileException("the PIN file " + file + " is a link out of its directory, to " + target +
                    ": expected a file of the mounted secret");
            }

            return target;
        }
        catch (final NoSuchFileException ex)
        {
            throw new PinFileException("the PIN file " + file +
                " does not exist: mount the secret there, with the key " + file.getFileName());
        }
        catch (final IOException ex)
        {
            throw new PinFileException("cannot read the PIN file " + file + " (" + ex.getClass().getSimpleName() +
                "): make it readable for the user that runs this process");
        }
    }
}
