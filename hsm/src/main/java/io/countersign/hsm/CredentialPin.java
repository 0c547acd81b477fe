package io.countersign.hsm;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A PIN that the service manager gives as a credential. Its directory is one that nobody but root and the service's
 * user can enter. The file is not writable; where it is root's, an access control list lets the user read it, whose
 * mask is what the mode shows as the group's right to read.
 *
 * @param name      of the credential.
 * @param directory with the credentials of the service, or null when there is none.
 */
record CredentialPin(String name, String directory) implements PinSource
{
    /** Environment variable with the directory. */
    static final String DIRECTORY_ENV_NAME = "CREDENTIALS_DIRECTORY";

    @Override
    public Kind kind()
    {
        return Kind.CREDENTIAL;
    }

    @Override
    public char[] read() throws PinFileException
    {
        if (null == directory || directory.isEmpty())
        {
            throw new PinFileException("there is no credential " + name + ": " + DIRECTORY_ENV_NAME +
                " is not set; give the service LoadCredential=" + name + ":FILE");
        }

        return PinFile.read(file(), PinFile.Strictness.GROUP_MAY_READ);
    }

    @Override
    public String toString()
    {
        return "the credential " + name;
    }

    private Path file() throws PinFileException
    {
        try
        {
            final Path parent = Path.of(directory);
            final Path file = parent.resolve(name);
            if (!name.isEmpty() && !name.startsWith(".") && parent.equals(file.getParent()))
            {
                return file;
            }
        }
        catch (final InvalidPathException ex)
        {
            // Told below, with what was expected.
        }

        throw new PinFileException("'" + name + "' is no name of a credential: expected a file name without a path");
    }
}
