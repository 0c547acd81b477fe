package io.countersign.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11Implementation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

import org.xipki.pkcs11.wrapper.Logger;
import org.xipki.pkcs11.wrapper.StaticLogger;

/**
 * The native part of the PKCS#11 wrapper, loaded once: from {@code java.library.path} where an installation put it,
 * else from the wrapper's jar. The wrapper's own loader would leave a copy in {@code java.io.tmpdir} whenever the
 * process is killed; here the copy is gone as soon as it is loaded.
 */
final class WrapperLibrary
{
    private static final String NAME = "pkcs11wrapper";

    private static boolean loaded;

    private WrapperLibrary()
    {
    }

    /**
     * Load the library unless that was done before.
     *
     * @throws TokenException when there is none for this platform, or it cannot be loaded.
     */
    static synchronized void load() throws TokenException
    {
        if (loaded)
        {
            return;
        }

        silence();
        if (!loadInstalled())
        {
            loadFromJar();
        }
        PKCS11Implementation.initializeLibrary();
        loaded = true;
    }

    /**
     * Keep the wrapper from writing to standard output.
     */
    static void silence()
    {
        StaticLogger.setLogger(new Silence());
    }

    @SuppressWarnings("restricted")
    private static boolean loadInstalled()
    {
        try
        {
            System.loadLibrary(NAME);
            return true;
        }
        catch (final UnsatisfiedLinkError ex)
        {
            return false;
        }
    }

    @SuppressWarnings("restricted")
    private static void loadFromJar() throws TokenException
    {
        final String resource = "/natives/unix/" + platform() + "/release/" + fileName();
        final Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Path copy = null;
        try (InputStream content = PKCS11Implementation.class.getResourceAsStream(resource))
        {
            if (null == content)
            {
                throw new TokenException("the PKCS#11 wrapper has no native library for " +
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"));
            }

            Files.createDirectories(directory);
            copy = Files.createTempFile(directory, NAME, ".so");
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toAbsolutePath().toString());
        }
        catch (final IOException | UnsatisfiedLinkError ex)
        {
            throw new TokenException("cannot load the PKCS#11 wrapper's native library by way of " + directory + " (" +
                ex.getMessage() + "): make java.io.tmpdir a directory that may hold executable files, or install " +
                fileName() + " on java.library.path");
        }
        finally
        {
            delete(copy);
        }
    }

    private static String platform()
    {
        final boolean isArm = "aarch64".equals(System.getProperty("os.arch"));
        return isMac() ? "macosx_universal" : isArm ? "linux-aarch64" : "linux-x86_64";
    }

    private static String fileName()
    {
        return isMac() ? "libpkcs11wrapper.jnilib" : "libpkcs11wrapper.so";
    }

    private static boolean isMac()
    {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }

    private static void delete(final Path copy)
    {
        if (null != copy)
        {
            try
            {
                Files.deleteIfExists(copy);
            }
            catch (final IOException ex)
            {
                copy.toFile().deleteOnExit();
            }
        }
    }

    /**
     * Drops what the wrapper logs: its messages hold attributes of keys, and nobody reads standard output.
     */
    private static final class Silence implements Logger
    {
        @Override
        public void info(final String format, final Object... arguments)
        {
            // dropped
        }

        @Override
        public void warn(final String format, final Object... arguments)
        {
            // dropped
        }

        @Override
        public void error(final String format, final Object... arguments)
        {
            // dropped
        }

        @Override
        public void debug(final String format, final Object... arguments)
        {
            // dropped
        }

        @Override
        public void trace(final String format, final Object... arguments)
        {
            // dropped
        }

        @Override
        public boolean isDebugEnabled()
        {
            return false;
        }

        @Override
        public boolean isInfoEnabled()
        {
            return false;
        }

        @Override
        public boolean isWarnEnabled()
        {
            return false;
        }

        @Override
        public boolean isTraceEnabled()
        {
            return false;
        }
    }
}
