package io.countersign.hsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A SoftHSM token of its own for a test. Everything is below the directory of the file that the environment variable
 * {@code SOFTHSM2_CONF} names, which the build sets to {@code target/softhsm/softhsm2.conf}; tokens of earlier
 * processes are deleted first. The library is the one of the system property {@code countersign.pkcs11.module} or the
 * environment variable {@code COUNTERSIGN_PKCS11_MODULE}, or the first that is found where distributions install it.
 */
public final class SoftHsmFixture
{
    /** System property with the path of the PKCS#11 library. */
    public static final String MODULE_PROP_NAME = "countersign.pkcs11.module";

    /** Environment variable with the same meaning, which the property overrides. */
    public static final String MODULE_ENV_NAME = "COUNTERSIGN_PKCS11_MODULE";

    private static final String USER_PIN = "fixture-user-pin";
    private static final String SECURITY_OFFICER_PIN = "fixture-officer-pin";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path DIRECTORY = prepare();

    private final List<KeySpec> keys = new ArrayList<>();
    private final String tokenLabel;
    private final String tokenSerial;
    private final Path pinFile;
    private int nextId = 1;

    private SoftHsmFixture(final String tokenLabel, final String tokenSerial, final Path pinFile)
    {
        this.tokenLabel = tokenLabel;
        this.tokenSerial = tokenSerial;
        this.pinFile = pinFile;
    }

    /**
     * A new token with a label that no other has.
     *
     * @return the token.
     * @throws TokenException when it cannot be made.
     */
    public static SoftHsmFixture create() throws TokenException
    {
        final String label = "token-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        final Path pinFile = secretFile(label + ".pin", USER_PIN);
        final Path securityOfficerPinFile = secretFile(label + ".so-pin", SECURITY_OFFICER_PIN);
        final String serial =
            TokenProvisioner.initialiseToken(
                modulePath(), label, PinSource.file(securityOfficerPinFile), PinSource.file(pinFile));

        return new SoftHsmFixture(label, serial, pinFile);
    }

    /**
     * The SoftHSM library.
     *
     * @return its path.
     */
    public static Path modulePath()
    {
        final String configured = System.getProperty(MODULE_PROP_NAME, System.getenv(MODULE_ENV_NAME));
        final List<String> candidates = null != configured ? List.of(configured) : List.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
            System.getProperty("countersign.root", ".") + "/.tools/softhsm2/usr/lib/softhsm/libsofthsm2.so");

        return candidates.stream().map(Path::of).filter(Files::isRegularFile).findFirst().orElseThrow(
            () -> new IllegalStateException("no SoftHSM library at " + candidates +
            ": install softhsm2, or set -D" + MODULE_PROP_NAME));
    }

    /**
     * A copy of the library: another module to PKCS#11 and the operating system, initialised and finalised apart from
     * the first. It has the same tokens, because SoftHSM takes their directory from the environment of the process.
     *
     * @return its path.
     */
    public static Path otherModulePath()
    {
        try
        {
            final Path copy = DIRECTORY.resolve("libsofthsm2-copy.so");
            if (!Files.exists(copy))
            {
                Files.copy(modulePath(), copy);
            }
            return copy;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A file below the fixture's directory that only its owner can read.
     *
     * @param name    of the file.
     * @param content of the file; a line end is added.
     * @return its path.
     */
    public static Path secretFile(final String name, final String content)
    {
        try
        {
            final Path file = DIRECTORY.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content + "\n");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * The label of the token.
     *
     * @return the label.
     */
    public String tokenLabel()
    {
        return tokenLabel;
    }

    /**
     * The serial number of the token.
     *
     * @return the serial number.
     */
    public String tokenSerial()
    {
        return tokenSerial;
    }

    /**
     * The file with the user's PIN.
     *
     * @return its path; mode 0600.
     */
    public Path pinFile()
    {
        return pinFile;
    }

    /**
     * The keys made so far, in the order in which they were made.
     *
     * @return a copy.
     */
    public List<KeySpec> keys()
    {
        return List.copyOf(keys);
    }

    /**
     * Have the token generate a key pair under the next free id.
     *
     * @param alias     of the key.
     * @param algorithm not a MAC algorithm.
     * @return the key.
     * @throws TokenException when the token refuses.
     */
    public KeySpec generateKeyPair(final String alias, final SigningAlgorithm algorithm) throws TokenException
    {
        try (TokenProvisioner provisioner = provisioner())
        {
            final byte[] id = nextId();
            return add(new KeySpec(alias, 1, id, algorithm, provisioner.generateKeyPair(id, alias, algorithm)));
        }
    }

    /**
     * Import a secret under the next free id.
     *
     * @param alias     of the key.
     * @param algorithm a MAC algorithm.
     * @param secret    is not changed.
     * @return the key.
     * @throws TokenException when the token refuses.
     */
    public KeySpec importSecret(final String alias, final SigningAlgorithm algorithm, final byte[] secret)
        throws TokenException
    {
        try (TokenProvisioner provisioner = provisioner())
        {
            final byte[] id = nextId();
            return add(new KeySpec(
                alias, 1, id, algorithm, provisioner.importSecret(id, alias, algorithm, secret.clone())));
        }
    }

    /**
     * Import a private key under the next free id.
     *
     * @param alias     of the key.
     * @param algorithm not a MAC algorithm.
     * @param pkcs8     PrivateKeyInfo as DER; is not changed.
     * @return the key.
     * @throws TokenException when the token refuses.
     */
    public KeySpec importPrivateKey(final String alias, final SigningAlgorithm algorithm, final byte[] pkcs8)
        throws TokenException
    {
        try (TokenProvisioner provisioner = provisioner())
        {
            final byte[] id = nextId();
            return add(new KeySpec(
                alias, 1, id, algorithm, provisioner.importPrivateKey(id, alias, algorithm, pkcs8.clone())));
        }
    }

    /**
     * A provisioner that is logged in to the token.
     *
     * @return the provisioner, to be closed.
     * @throws TokenException when the token refuses.
     */
    public TokenProvisioner provisioner() throws TokenException
    {
        return TokenProvisioner.open(modulePath(), tokenLabel, tokenSerial, PinSource.file(pinFile));
    }

    /**
     * What a connector to this token needs, with all keys made so far.
     *
     * @return a context that may still be changed.
     */
    public TokenConnector.Context context()
    {
        return new TokenConnector.Context()
            .modulePath(modulePath())
            .tokenLabel(tokenLabel)
            .pinFile(pinFile)
            .keys(keys);
    }

    private KeySpec add(final KeySpec key)
    {
        keys.add(key);
        return key;
    }

    private byte[] nextId()
    {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) nextId++).array();
    }

    private static Path prepare()
    {
        final String configuration = System.getenv("SOFTHSM2_CONF");
        if (null == configuration)
        {
            throw new IllegalStateException("set the environment variable SOFTHSM2_CONF as the build does");
        }

        try
        {
            final Path directory = Path.of(configuration).toAbsolutePath().getParent();
            Files.createDirectories(directory);
            claim(directory);
            return directory;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A process that a test started shares the directory with its parent, which must keep its tokens.
     */
    private static void claim(final Path directory) throws IOException
    {
        final Path owner = directory.resolve("owner");
        final boolean isOwned = Files.exists(owner) &&
            ProcessHandle.of(Long.parseLong(Files.readString(owner).strip())).isPresent();
        if (!isOwned)
        {
            final Path tokens = directory.resolve("tokens");
            delete(directory);
            Files.createDirectories(tokens);
            Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));

            final Path written = Files.writeString(directory.resolve("softhsm2.conf.new"), String.join("\n",
                "directories.tokendir = " + tokens,
                "objectstore.backend = file",
                "log.level = ERROR",
                "slots.removable = false",
                ""));
            Files.move(
                written, Path.of(System.getenv("SOFTHSM2_CONF")), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void delete(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
            {
                if (!file.equals(directory))
                {
                    Files.delete(file);
                }
            }
        }
    }
}
