package io.countersign.hsm;

import java.nio.file.Path;

/**
 * Where the PIN of a token comes from. What is in configurations, arguments and messages is the place, never the PIN.
 * <p>
 * {@link #toString()} names the place for messages, so that it can follow "the PIN in".
 */
public interface PinSource
{
    /** The kinds of places. */
    enum Kind
    {
        /** A file that only its owner reads. */
        FILE("file"),

        /** A credential of the service manager. */
        CREDENTIAL("credential"),

        /** A file of a mounted secret. */
        MOUNT("mount"),

        /** A variable of the environment. */
        ENVIRONMENT("environment");

        private final String text;

        Kind(final String text)
        {
            this.text = text;
        }

        /** The word for it, for people. */
        @Override
        public String toString()
        {
            return text;
        }
    }

    /**
     * What kind of place it is.
     *
     * @return the kind.
     */
    Kind kind();

    /**
     * Take the PIN out of places where it must not stay. Called once, before anything else is started: no other thread
     * reads the environment of the process yet, and no child inherits it.
     *
     * @throws PinFileException when the PIN is not there.
     */
    default void claim() throws PinFileException
    {
        // A file stays where it is.
    }

    /**
     * Read the PIN, for each login anew.
     *
     * @return the PIN, which the caller zeroes after use.
     * @throws PinFileException when it is not there, is open to others, or is no PIN.
     */
    char[] read() throws PinFileException;

    /**
     * What whoever runs this process should know about the source.
     *
     * @return one line for people, or null when there is nothing to say.
     */
    default String warning()
    {
        return null;
    }

    /**
     * A regular file that only its owner can read.
     *
     * @param file of mode 0600 or less, no symbolic link.
     * @return the source.
     */
    static PinSource file(final Path file)
    {
        return new FilePin(file);
    }

    /**
     * A credential that the service manager has put into the directory that the environment variable
     * {@code CREDENTIALS_DIRECTORY} names (systemd.exec(5), {@code LoadCredential=}).
     *
     * @param name of the credential, without a path.
     * @return the source.
     */
    static PinSource credential(final String name)
    {
        return new CredentialPin(name, NativeEnvironment.get(CredentialPin.DIRECTORY_ENV_NAME));
    }

    /**
     * A file of a mounted Kubernetes secret: a symbolic link that stays within the mount.
     *
     * @param file in the directory of the mount.
     * @return the source.
     */
    static PinSource mount(final Path file)
    {
        return new MountedPin(file);
    }

    /**
     * An environment variable, which {@link #claim()} overwrites.
     *
     * @param name of the variable.
     * @return the source.
     */
    static PinSource environment(final String name)
    {
        return new EnvironmentPin(name);
    }
}
