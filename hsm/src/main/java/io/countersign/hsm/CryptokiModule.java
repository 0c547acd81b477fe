package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_OS_LOCKING_OK;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CANT_LOCK;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_ALREADY_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED;

import iaik.pkcs.pkcs11.wrapper.CK_C_INITIALIZE_ARGS;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import iaik.pkcs.pkcs11.wrapper.PKCS11Implementation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A PKCS#11 library in this process. {@code C_Initialize} and {@code C_Finalize} count for the whole process, so the
 * first user of a library initialises it and the last finalises it; it stays loaded until the process ends.
 */
final class CryptokiModule
{
    private static final Map<Path, CryptokiModule> LOADED = new HashMap<>();

    private final Path path;
    private final PKCS11 pkcs11;
    private final SignFunctions signFunctions;
    private int users;
    private boolean initialised;
    private String parameters;
    private volatile boolean isLost;

    private CryptokiModule(final Path path, final PKCS11 pkcs11, final SignFunctions signFunctions)
    {
        this.path = path;
        this.pkcs11 = pkcs11;
        this.signFunctions = signFunctions;
    }

    /**
     * Use a library with the quirks that this process is given, see {@link QuirksFile#load}.
     *
     * @param modulePath of the library.
     * @return the library, initialised.
     * @throws TokenException when there is no such library or it does not start, or it is lost and still in use.
     */
    static CryptokiModule acquire(final Path modulePath) throws TokenException
    {
        return acquire(modulePath, QuirksFile.load(null));
    }

    /**
     * Use a library until {@link #release()}: load it and initialise it when no one else did.
     *
     * @param modulePath of the library.
     * @param quirks     which may have parameters for the library.
     * @return the library, initialised.
     * @throws TokenException when there is no such library, it does not start, it has started with other parameters, or
     *                        it is lost and still in use.
     */
    static CryptokiModule acquire(final Path modulePath, final QuirksFile quirks) throws TokenException
    {
        final CryptokiModule module = loaded(realPath(modulePath));
        module.use(quirks.libraryParameters(module.path));
        return module;
    }

    /**
     * Use the library no longer. The last user finalises it, so that its own tidying runs before the process ends.
     */
    synchronized void release()
    {
        users--;
        if (0 == users)
        {
            initialised = false;
            isLost = false;
            try
            {
                pkcs11.C_Finalize(null);
            }
            catch (final PKCS11Exception ex)
            {
                // The library was lost before, or loses its resources now: either way the next user starts it anew.
                initialised = false;
            }
        }
    }

    /**
     * A call failed. When the library has forgotten that it was initialised, and all sessions of all its users with it,
     * it has no new users until the last one has let go: a library that starts again gives handles away anew, and one
     * that is still held from before could then be that of another key.
     *
     * @param returnValue of the call.
     */
    synchronized void onFailure(final long returnValue)
    {
        isLost |= CKR_CRYPTOKI_NOT_INITIALIZED == returnValue;
    }

    /**
     * Whether the library is lost to all that use it.
     *
     * @return true until the last of them has let go.
     */
    boolean isLost()
    {
        return isLost;
    }

    /**
     * The path of the library.
     *
     * @return absolute, without symbolic links.
     */
    Path path()
    {
        return path;
    }

    /**
     * The control plane's functions.
     *
     * @return the functions.
     */
    PKCS11 pkcs11()
    {
        return pkcs11;
    }

    /**
     * The hot functions.
     *
     * @return the functions.
     */
    SignFunctions signFunctions()
    {
        return signFunctions;
    }

    /** A library that hangs as it starts or ends holds up its own users only. */
    private synchronized void use(final String wanted) throws TokenException
    {
        if (isLost)
        {
            throw new TokenException("PKCS#11 module " + path + " is lost: it starts again when nothing in this " +
                "process holds on to it any more", CKR_CRYPTOKI_NOT_INITIALIZED);
        }

        if (!initialised)
        {
            initialise(wanted);
        }
        else if (!Objects.equals(parameters, wanted))
        {
            throw new TokenException("PKCS#11 module " + path +
                " is in use in this process with other parameters: give all its tokens the same quirks file");
        }
        users++;
    }

    private static CryptokiModule loaded(final Path path) throws TokenException
    {
        synchronized (LOADED)
        {
            CryptokiModule module = LOADED.get(path);
            if (null == module)
            {
                module = load(path);
                LOADED.put(path, module);
            }

            return module;
        }
    }

    private static Path realPath(final Path modulePath) throws TokenException
    {
        try
        {
            if (Files.isRegularFile(modulePath))
            {
                return modulePath.toRealPath();
            }
        }
        catch (final IOException ex)
        {
            throw new TokenException("cannot read the PKCS#11 module " + modulePath + " (" + ex.getMessage() + ")");
        }

        throw new TokenException("no PKCS#11 module at " + modulePath +
            ": install the token's library there, or correct the module path");
    }

    private static CryptokiModule load(final Path path) throws TokenException
    {
        WrapperLibrary.load();
        try
        {
            return new CryptokiModule(path, new PKCS11Implementation(path.toString()), SignFunctions.of(path));
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            throw new TokenException("cannot load the PKCS#11 module " + path + " (" + ex.getMessage() +
                "): check that it is a PKCS#11 library for this machine");
        }
    }

    private void initialise(final String parameters) throws TokenException
    {
        final CK_C_INITIALIZE_ARGS arguments = new CK_C_INITIALIZE_ARGS();
        arguments.flags = CKF_OS_LOCKING_OK;
        arguments.pReserved = parameters;
        try
        {
            pkcs11.C_Initialize(arguments, true);
            initialised = true;
            this.parameters = parameters;
        }
        catch (final PKCS11Exception ex)
        {
            final long returnValue = ex.getErrorCode();
            final String reason;
            if (CKR_CRYPTOKI_ALREADY_INITIALIZED == returnValue)
            {
                reason = "something else in this process uses it already";
            }
            else if (CKR_CANT_LOCK == returnValue)
            {
                reason = "it cannot be used by several threads";
            }
            else
            {
                reason = "check its configuration file, its environment variables" +
                    (null == parameters ? "" : " and its library-parameters in the quirks file");
            }

            throw new TokenException("PKCS#11 module " + path + " does not start, C_Initialize gave " +
                ReturnValue.nameOf(returnValue) + ": " + reason, returnValue);
        }
    }
}
