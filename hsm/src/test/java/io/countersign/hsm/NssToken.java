package io.countersign.hsm;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_RW_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SERIAL_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;

import iaik.pkcs.pkcs11.wrapper.PKCS11;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tokens of NSS softokn, each in a directory of its own. The library is the one that the environment variable
 * {@code COUNTERSIGN_NSS_MODULE} names, or the first that is found where distributions install it; unpacked packages
 * have all of its libraries in one directory, from which the others are loaded first.
 */
final class NssToken
{
    static final String LABEL = "NSS Certificate DB";

    private static final String MODULE_ENV_NAME = "COUNTERSIGN_NSS_MODULE";
    private static final String USER_PIN = "fixture-user-pin";
    private static final List<String> DEPENDENCIES =
        List.of("libnspr4.so", "libplc4.so", "libplds4.so", "libsqlite3.so.0", "libnssutil3.so");

    private NssToken()
    {
    }

    /** A new token with a user, or no test where there is no softokn. */
    static TestToken create(final Path directory) throws Exception
    {
        final Path module = modulePath();
        final Path database = Files.createDirectory(directory.resolve("nss"));
        final Path quirks = Files.writeString(directory.resolve("quirks"), String.join("\n",
            "[test]",
            "module = libsoftokn3.so",
            "library-parameters = configdir='sql:" + database + "' certPrefix='' keyPrefix='' secmod='secmod.db'",
            ""));
        initialiseUserPin(module, quirks);

        return new TestToken(module, LABEL, SoftHsmFixture.secretFile("nss.pin", USER_PIN), quirks);
    }

    static Path modulePath()
    {
        final String configured = System.getenv(MODULE_ENV_NAME);
        final List<String> candidates = null != configured && !configured.isEmpty() ? List.of(configured) : List.of(
            "/usr/lib/x86_64-linux-gnu/libsoftokn3.so",
            "/usr/lib/aarch64-linux-gnu/libsoftokn3.so",
            "/usr/lib64/libsoftokn3.so",
            System.getProperty("countersign.root", ".") + "/.tools/nss/usr/lib/x86_64-linux-gnu/libsoftokn3.so");
        final Path module = candidates.stream().map(Path::of).filter(Files::isRegularFile).findFirst()
            .orElseGet(() -> abort("NSS softokn is not tested: there is no library at " + candidates +
            "; install it (package libnss3) or set " + MODULE_ENV_NAME));
        loadDependencies(module);
        return module;
    }

    /** The security officer of a new database has an empty PIN. */
    private static void initialiseUserPin(final Path modulePath, final Path quirks) throws Exception
    {
        final CryptokiModule module = CryptokiModule.acquire(modulePath, QuirksFile.load(quirks));
        try
        {
            final PKCS11 pkcs11 = module.pkcs11();
            final long slotId = TokenSlot.list(module).stream()
                .filter((slot) -> LABEL.equals(slot.label())).findFirst().orElseThrow().slotId();
            final long session = pkcs11.C_OpenSession(slotId, CKF_SERIAL_SESSION | CKF_RW_SESSION, null, null);
            pkcs11.C_Login(session, CKU_SO, new char[0], true);
            pkcs11.C_InitPIN(session, USER_PIN.toCharArray(), true);
            pkcs11.C_CloseSession(session);
        }
        finally
        {
            module.release();
        }
    }

    @SuppressWarnings("restricted")
    private static void loadDependencies(final Path module)
    {
        for (final String name : DEPENDENCIES)
        {
            final Path library = module.toAbsolutePath().resolveSibling(name);
            if (Files.isRegularFile(library))
            {
                System.load(library.toString());
            }
        }
    }
}
