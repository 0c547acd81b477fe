package io.countersign.hsm;

import java.nio.file.Path;

/**
 * The library in use and the login of a connector. A session that does nothing else holds the login, which would end
 * with the last session of the process; it is made anew when it breaks.
 */
final class ConnectorLogin
{
    private final Path modulePath;
    private final String tokenLabel;
    private final String tokenSerial;
    private final PinSource pin;
    private final Path quirksFile;

    private CryptokiModule module;
    private TokenSession anchor;

    /**
     * A login that is not open yet.
     *
     * @param modulePath  of the PKCS#11 library.
     * @param tokenLabel  of the token.
     * @param tokenSerial of the token, or null for any.
     * @param pin         of the user.
     * @param quirksFile  may be null.
     */
    ConnectorLogin(
        final Path modulePath,
        final String tokenLabel,
        final String tokenSerial,
        final PinSource pin,
        final Path quirksFile)
    {
        this.modulePath = modulePath;
        this.tokenLabel = tokenLabel;
        this.tokenSerial = tokenSerial;
        this.pin = pin;
        this.quirksFile = quirksFile;
    }

    /**
     * Load the library and log in, so far as that is not done.
     *
     * @param isLast whether a library that has lost the login is to be let go first.
     * @return true when the login is the one that was open before.
     * @throws TokenException when there is no such token, or it refuses the login.
     */
    boolean open(final boolean isLast) throws TokenException
    {
        checkAnchor(isLast);
        final QuirksFile quirks = null == anchor ? QuirksFile.load(quirksFile) : null;
        if (null == module)
        {
            module = CryptokiModule.acquire(modulePath, quirks);
        }

        final boolean isKept = null != anchor && anchor.isUserLoggedIn();
        if (null == anchor)
        {
            anchor = TokenSession.open(module, TokenSlot.select(module, tokenLabel, tokenSerial, quirks));
        }
        if (!isKept && !anchor.isUserLoggedIn())
        {
            anchor.loginUser(pin);
        }

        return isKept;
    }

    /** Whether there is a session that holds the login. */
    boolean isOpen()
    {
        return null != anchor;
    }

    /** Of an open login. */
    CryptokiModule module()
    {
        return module;
    }

    /** Of an open login. */
    TokenSlot token()
    {
        return anchor.token();
    }

    /** Whether the library in use is lost to all that use it. */
    boolean isLibraryLost()
    {
        return null != module && module.isLost();
    }

    /**
     * A call failed.
     *
     * @param returnValue of the call.
     */
    void onFailure(final long returnValue)
    {
        if (null != module)
        {
            module.onFailure(returnValue);
        }
    }

    /**
     * End the login.
     *
     * @param isLast whether the library is to be let go, too.
     */
    void close(final boolean isLast)
    {
        if (null != anchor)
        {
            anchor.close();
            anchor = null;
        }

        if (null != module && isLast)
        {
            module.release();
            module = null;
        }
    }

    private void checkAnchor(final boolean isLast)
    {
        if (null != anchor)
        {
            try
            {
                anchor.isUserLoggedIn();
            }
            catch (final TokenException ex)
            {
                close(isLast);
            }
        }
    }
}
